namespace NotebookHost;

/// <summary>What another program said.</summary>
/// <param name="ExitCode">Null where it could not be started.</param>
/// <param name="Output">Its standard output, without the last line break.</param>
/// <param name="Error">Its standard error; why it could not be started.</param>
internal sealed record ProgramAnswer(int? ExitCode, string Output, string Error)
{
    public bool WasStarted => ExitCode is not null;

    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line that it wrote to complain, for a message of ours.</summary>
    public string Complaint => (Error.Length > 0 ? Error : Output).Split('\n')[0].Trim();
}
