namespace NotebookHost;

internal enum RunState
{
    Waiting,
    Running,
    Done,
    Failed,
    Interrupted,
}
