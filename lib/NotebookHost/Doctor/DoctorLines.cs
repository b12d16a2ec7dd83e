namespace NotebookHost;

/// <summary>Plain lines: the state, the subject, what it means; and below it, what to do.</summary>
internal sealed class DoctorLines(TextWriter output) : IDoctorReport
{
    public void Write(string subject, CheckResult result)
    {
        output.WriteLine($"{CheckText.State(result.State),-8} {subject,-CheckText.SubjectWidth} {result.Meaning}");
        if (result.Remedy.Length > 0)
            output.WriteLine($"{"",-8} {"",-CheckText.SubjectWidth} > {result.Remedy}");
    }

    public void End(CheckState worst, string summary) => output.WriteLine(summary);
}
