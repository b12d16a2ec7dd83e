namespace NotebookHost;

/// <summary>Runs notebooks, some at a time, and writes each one's page as soon as it is over.</summary>
internal sealed class SeriesRunner(IReadOnlyList<Notebook> notebooks, RunSettings settings, ArtifactFolder artifacts)
{
    public IReadOnlyList<NotebookRun> Runs { get; } = [.. notebooks.Select(notebook => new NotebookRun(notebook))];

    public async Task RunAsync(CancellationToken cancellation)
    {
        artifacts.WritePlotly();
        artifacts.WriteIndex(Runs);
        // Cancellation ends the processes; the loop goes on, so that each notebook's state and page are written.
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = CancellationToken.None };
        await Parallel.ForEachAsync(Enumerable.Range(0, Runs.Count), options, async (index, _) => await RunAsync(index, cancellation));
    }

    private async Task RunAsync(int index, CancellationToken cancellation)
    {
        NotebookRun run = Runs[index];
        if (cancellation.IsCancellationRequested)
        {
            run.Interrupt();
        }
        else
        {
            run.Start();
            artifacts.WriteIndex(Runs);
            await NotebookProcess.RunAsync(run, settings, cancellation);
            artifacts.Write(run, notebooks.ElementAtOrDefault(index - 1), notebooks.ElementAtOrDefault(index + 1));
            artifacts.Timings.Keep(run, settings.Profile);
        }

        artifacts.WriteIndex(Runs);
    }
}
