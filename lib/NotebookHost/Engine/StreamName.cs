namespace NotebookHost;

internal enum StreamName
{
    Stdout,
    Stderr,
}
