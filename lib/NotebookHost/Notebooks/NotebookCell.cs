using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>A cell over its JSON, so that whatever other programs keep in it stays as it was.</summary>
internal sealed class NotebookCell
{
    private readonly JsonObject _json;

    public NotebookCell(JsonObject json, CellKind kind, string source)
    {
        (_json, Kind, Source) = (json, kind, source);
        _json["source"] = MultilineText.Write(source);
        _json["metadata"] ??= new JsonObject();
        if (kind == CellKind.Code)
            SetOutputs(null, []);
    }

    public CellKind Kind { get; }

    public string Source { get; }

    public string Id
    {
        get => _json["id"]!.GetValue<string>();
        set => _json["id"] = value;
    }

    public int? ExecutionCount => _json["execution_count"]?.GetValue<int>();

    public IEnumerable<JsonObject> Outputs => _json["outputs"]!.AsArray().Select(output => output!.AsObject());

    /// <summary>Pictures pasted into a Markdown cell: file name, then MIME type, then base64.</summary>
    public JsonObject? Attachments => _json["attachments"] as JsonObject;

    public void SetOutputs(int? executionCount, JsonArray outputs)
    {
        _json["execution_count"] = executionCount;
        _json["outputs"] = outputs;
    }
}
