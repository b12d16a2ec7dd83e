using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary>Notebooks written by the tests.</summary>
internal static class Cells
{
    public static JsonObject Code(string source) => new()
    {
        ["cell_type"] = "code",
        ["metadata"] = new JsonObject { ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" } },
        ["source"] = source,
        ["outputs"] = new JsonArray(),
        ["execution_count"] = null,
    };

    public static JsonObject Markdown(string source) => new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source };

    public static JsonObject Root(params JsonObject[] cells) => new()
    {
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
        ["cells"] = new JsonArray([.. cells]),
    };

    public static string Write(string folder, string name, params JsonObject[] cells)
    {
        string path = Path.Combine(folder, name + ".ipynb");
        File.WriteAllText(path, Root(cells).ToJsonString());
        return path;
    }
}
