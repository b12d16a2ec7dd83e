using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>An error in Jupyter's terms.</summary>
internal static class JupyterError
{
    public static JsonObject Content(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    /// <summary>The answer to a request that failed by it.</summary>
    public static JsonObject Reply(CellError error)
    {
        JsonObject content = Content(error);
        content["status"] = "error";
        return content;
    }
}
