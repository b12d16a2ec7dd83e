namespace NotebookHost;

/// <summary>The browser that draws charts as pictures.</summary>
internal sealed class ChromiumCheck : ICheck
{
    public string Subject => "Chromium";

    public async Task<CheckResult> RunAsync(CancellationToken cancellation)
    {
        string program;
        try
        {
            program = ChromiumExecutable.Find();
        }
        catch (ChromiumException exception)
        {
            return CheckResult.Warning("no pictures of charts (--png).", exception.Message);
        }

        // On Windows the program opens a window instead of telling its version.
        if (OperatingSystem.IsWindows())
            return CheckResult.Ok($"{program}.");
        ProgramAnswer version = await ExternalProgram.AskAsync(program, null, cancellation, "--version");
        return version is { Succeeded: true, Output.Length: > 0 }
            ? CheckResult.Ok($"{version.Output.Split('\n')[^1].Trim()}, {program}.")
            : CheckResult.Warning($"no pictures of charts (--png): {program} does not start: {version.Complaint}", $"Install it again, or set {ChromiumExecutable.Variable} to another");
    }
}
