using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>A notebook of nbformat 4, to be written as 4.5.</summary>
internal sealed class Notebook
{
    private readonly JsonObject _root;

    public Notebook(NotebookFile file, JsonObject root, IReadOnlyList<NotebookCell> cells)
    {
        (File, _root, Cells) = (file, root, cells);
        CodeCells = [.. cells.Where(cell => cell.Kind == CellKind.Code)];
        _root["nbformat"] = 4;
        _root["nbformat_minor"] = 5;
        _root["metadata"] ??= new JsonObject();
    }

    /// <summary>The file as it was read.</summary>
    public NotebookFile File { get; }

    public string Path => File.Path;

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string FileName => System.IO.Path.GetFileName(Path);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The code cells in order: number 1 is the first, as in <c>In[1]</c>.</summary>
    public IReadOnlyList<NotebookCell> CodeCells { get; }

    /// <summary>The first heading of level one, else the file's name.</summary>
    public string Title => Cells
        .Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .Where(line => line.StartsWith("# ", StringComparison.Ordinal))
        .Select(line => line[2..].Trim())
        .FirstOrDefault(Name);

    /// <summary>The same file with cells after its last, each as nbformat has it; this notebook keeps those it has.</summary>
    public Notebook FollowedBy(IEnumerable<JsonObject> cells)
    {
        JsonObject root = _root.DeepClone().AsObject();
        foreach (JsonObject cell in cells)
            root["cells"]!.AsArray().Add(cell);
        return new Notebook(File, root, NotebookReader.ReadCells(Path, root));
    }

    public string ToJson() => JupyterJson.Write(_root);
}
