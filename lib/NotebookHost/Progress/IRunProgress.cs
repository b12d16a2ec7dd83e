namespace NotebookHost;

/// <summary>Tells a person how far a run is, by looking at it until it is over.</summary>
internal interface IRunProgress
{
    Task ShowAsync(IReadOnlyList<NotebookRun> runs, Task work);
}
