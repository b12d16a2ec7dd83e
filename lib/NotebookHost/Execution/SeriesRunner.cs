using System.Collections.Concurrent;

namespace NotebookHost;

/// <summary>Runs notebooks, some at a time, and writes each one's page, and its outputs where they go, as soon as it is over.</summary>
/// <param name="notebooks">In the order of the series.</param>
/// <param name="settings">What holds for all of them.</param>
/// <param name="artifacts">Where the pages go.</param>
/// <param name="pictures">What makes the pictures; null for none.</param>
internal sealed class SeriesRunner(IReadOnlyList<Notebook> notebooks, RunSettings settings, ArtifactFolder artifacts, NotebookPictures? pictures)
{
    // Ctrl-C reaches the browser too, which may be gone before it is known here why.
    private static readonly TimeSpan _untilInterruptIsKnown = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _unwritten = [];

    public IReadOnlyList<NotebookRun> Runs { get; } = [.. notebooks.Select(notebook => new NotebookRun(notebook))];

    /// <summary>Why outputs are not in the notebooks that they should be in.</summary>
    public IReadOnlyCollection<string> Unwritten => _unwritten;

    /// <exception cref="ChromiumException">A picture cannot be made; the pages of what ran are there.</exception>
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
            try
            {
                bool isWhole = await AddPicturesAsync(run, cancellation);
                if (isWhole && settings.InPlace && run.State == RunState.Done)
                    WriteInPlace(run.Notebook);
            }
            finally
            {
                artifacts.Write(run, notebooks.ElementAtOrDefault(index - 1), notebooks.ElementAtOrDefault(index + 1));
                artifacts.Timings.Keep(run, settings.Profile);
            }
        }

        artifacts.WriteIndex(Runs);
    }

    /// <returns>False when Ctrl-C came before all pictures were made.</returns>
    private async Task<bool> AddPicturesAsync(NotebookRun run, CancellationToken cancellation)
    {
        if (pictures is null)
            return true;
        try
        {
            await pictures.AddAsync(run.Notebook, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is ChromiumException or OperationCanceledException && cancellation.WaitHandle.WaitOne(_untilInterruptIsKnown))
        {
            return false;
        }
    }

    private void WriteInPlace(Notebook notebook)
    {
        try
        {
            if (notebook.File.IsUnchanged)
                notebook.File.WriteOutputs(notebook.CodeCells, SourceStamp.Of(notebook, settings.Profile, settings.Seed));
            else
                _unwritten.Enqueue($"{notebook.Path} was changed while it ran, so the outputs are not of what it says now. It stays as it is; run it again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _unwritten.Enqueue($"{notebook.Path} cannot be written: {exception.Message} It stays as it is; its outputs are in {artifacts.NotebookPath(notebook)}.");
        }
    }
}
