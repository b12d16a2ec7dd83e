using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>A notebook's file as it was read, so that outputs can be put into it and all else stays byte for byte.</summary>
internal sealed class NotebookFile(string path, byte[] content)
{
    private const int MetadataDepth = 1, CellDepth = 3;

    public string Path => path;

    /// <summary>Whether the file still is what was read.</summary>
    public bool IsUnchanged => File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    /// <summary>Writes the outputs of its code cells and the stamp, and nothing else.</summary>
    public void WriteOutputs(IReadOnlyList<NotebookCell> codeCells, SourceStamp stamp)
    {
        // A link stays one; what it leads to is replaced.
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        AtomicFile.WriteAllBytes(target, WithOutputs(codeCells, stamp));
    }

    internal byte[] WithOutputs(IReadOnlyList<NotebookCell> codeCells, SourceStamp stamp)
    {
        var map = NotebookMap.Of(content);
        var edit = new JsonEdit(content);
        foreach ((ObjectPlaces places, NotebookCell cell) in map.CodeCells.Zip(codeCells))
        {
            edit.Set(places, "execution_count", JsonValue.Create(cell.ExecutionCount), CellDepth);
            edit.Set(places, "outputs", new JsonArray([.. cell.Outputs.Select(output => output.DeepClone())]), CellDepth);
        }

        if (map.Metadata is { } metadata)
            edit.Set(metadata, SourceStamp.Key, stamp.ToJson(), MetadataDepth + 1);
        else
            edit.Set(map.Root, "metadata", new JsonObject { [SourceStamp.Key] = stamp.ToJson() }, MetadataDepth);
        return edit.Apply();
    }
}
