namespace NotebookHost;

/// <summary>Tells what the doctor found, as it finds it.</summary>
internal interface IDoctorReport
{
    void Write(string subject, CheckResult result);

    /// <summary>What it comes to.</summary>
    void End(CheckState worst, string summary);
}
