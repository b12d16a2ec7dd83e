using AttentionNotebooks;

namespace NotebookHost;

/// <summary>The folder that a run writes: the index, a page and an executed notebook each, and the plotly.js that the pages share.</summary>
internal sealed class ArtifactFolder
{
    public const string PlotlyFile = $"plotly-{PlotlyScript.Version}.min.js";
    private readonly string _path;
    private readonly Lock _lock = new();

    public ArtifactFolder(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(_path);
        Timings = new RunTimings(Path.Combine(_path, ".timings.json"));
    }

    public RunTimings Timings { get; }

    public string IndexPath => Path.Combine(_path, "index.html");

    public void WritePlotly() => AtomicFile.WriteAllText(Path.Combine(_path, PlotlyFile), PlotlyScript.Text);

    public void WriteIndex(IReadOnlyList<NotebookRun> runs)
    {
        lock (_lock)
            AtomicFile.WriteAllText(IndexPath, IndexPage.ToHtml(runs));
    }

    public string NotebookPath(Notebook notebook) => Path.Combine(_path, notebook.FileName);

    public void Write(NotebookRun run, Notebook? previous, Notebook? next)
    {
        AtomicFile.WriteAllText(NotebookPath(run.Notebook), run.Notebook.ToJson());
        AtomicFile.WriteAllText(Path.Combine(_path, run.Notebook.Name + ".html"), NotebookPage.ToHtml(run.Notebook, previous, next));
    }
}
