namespace NotebookHost;

/// <summary>Runs checks one after the other and tells what it comes to.</summary>
internal sealed class Doctor(IReadOnlyList<ICheck> checks, IDoctorReport report)
{
    /// <returns>The worst state of all.</returns>
    public async Task<CheckState> RunAsync(CancellationToken cancellation)
    {
        var found = new Dictionary<string, CheckState>(StringComparer.Ordinal);
        foreach (ICheck check in checks)
        {
            CheckResult result = await check.RunAsync(cancellation);
            report.Write(check.Subject, result);
            found.Add(check.Subject, result.State);
        }

        CheckState worst = found.Values.Max();
        report.End(worst, Summary(worst, Subjects(CheckState.Missing), Subjects(CheckState.Warning)));
        return worst;

        string Subjects(CheckState state) => string.Join(", ", found.Where(check => check.Value == state).Select(check => check.Key));
    }

    private static string Summary(CheckState worst, string missing, string warned) => worst switch
    {
        CheckState.Ok => "All green.",
        CheckState.Warning => $"Everything needed is there. Not as it could be: {warned}.",
        _ => $"The series needs, and does not have: {missing}.{(warned.Length > 0 ? $" Not as it could be: {warned}." : "")}",
    };
}
