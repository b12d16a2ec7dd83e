using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>What a front end asks while a cell is being written, in Jupyter's terms.</summary>
internal sealed class JupyterHelp(CellAssistant assistant)
{
    public async Task<JsonObject> CompleteAsync(JupyterRequest request)
    {
        string code = request.Text("code");
        Completions found = await assistant.CompleteAsync(code, CodePoints.ToIndex(code, request.Number("cursor_pos")));
        return new JsonObject
        {
            ["matches"] = new JsonArray([.. found.Items.Select(item => JsonValue.Create(item.Text))]),
            ["cursor_start"] = CodePoints.FromIndex(code, found.Start),
            ["cursor_end"] = CodePoints.FromIndex(code, found.End),
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => new JsonObject { ["text"] = item.Text, ["type"] = item.Kind })]),
            },
        };
    }

    public async Task<JsonObject> InspectAsync(JupyterRequest request)
    {
        string code = request.Text("code");
        string? description = await assistant.DescribeAsync(code, CodePoints.ToIndex(code, request.Number("cursor_pos")));
        return new JsonObject
        {
            ["found"] = description is not null,
            ["data"] = description is null ? new JsonObject() : new MimeBundle(MimeBundle.Plain, description).ToJson(),
            ["metadata"] = new JsonObject(),
        };
    }

    public static JsonObject IsComplete(JupyterRequest request)
    {
        string code = request.Text("code");
        Completeness completeness = CellAssistant.CompletenessOf(code);
        var content = new JsonObject { ["status"] = completeness.ToString().ToLowerInvariant() };
        if (completeness == Completeness.Incomplete)
            content["indent"] = code.TrimEnd().EndsWith('{') ? "    " : "";
        return content;
    }
}
