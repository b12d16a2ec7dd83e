namespace NotebookHost;

/// <summary>The browser that draws charts as pictures.</summary>
/// <param name="program">What was found; null for nothing.</param>
/// <param name="setting">The value of the variable that names it; null where it is not set.</param>
internal sealed class ChromiumCheck(string? program, string? setting) : ICheck
{
    private const string Remedy = $"Install Chromium or Chrome (Debian: apt-get install chromium), or set {Chromium.Variable} to its path";

    public string Subject => "Chromium";

    public async Task<CheckResult> RunAsync(CancellationToken cancellation)
    {
        if (program is null)
            return CheckResult.Warning(string.IsNullOrEmpty(setting) ? "there is none: no pictures of charts (--png)." : $"{Chromium.Variable} names {setting}, which is not there: no pictures of charts (--png).", Remedy);
        // On Windows the program opens a window instead of telling its version.
        if (OperatingSystem.IsWindows())
            return CheckResult.Ok($"{program}.");
        ProgramAnswer version = await ExternalProgram.AskAsync(program, null, cancellation, "--version");
        return version is { Succeeded: true, Output.Length: > 0 }
            ? CheckResult.Ok($"{version.Output.Split('\n')[^1].Trim()}, {program}.")
            : CheckResult.Warning($"{program} does not start: {version.Complaint}", Remedy);
    }
}
