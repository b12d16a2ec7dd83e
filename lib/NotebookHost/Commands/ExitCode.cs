namespace NotebookHost;

internal enum ExitCode
{
    Success = 0,
    CellFailed = 1,
    Usage = 2,

    /// <summary>The environment lacks something, or a notebook is missing or malformed.</summary>
    Environment = 3,

    /// <summary>Ctrl-C, as shells count it.</summary>
    Interrupted = 130,
}
