using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary>nbformat 4.5's schema as a check: what must be there, what may be, and of which type.</summary>
internal static class NbFormat
{
    public static void AssertValid(JsonNode? node)
    {
        JsonObject root = Members(node, "metadata", "nbformat", "nbformat_minor", "cells");
        Assert.Equal(4, root["nbformat"]!.GetValue<int>());
        Assert.Equal(5, root["nbformat_minor"]!.GetValue<int>());
        Assert.IsType<JsonObject>(root["metadata"]);
        JsonArray cells = Assert.IsType<JsonArray>(root["cells"]);
        Assert.All(cells, AssertCell);
        Assert.Distinct(cells.Select(cell => cell!["id"]!.GetValue<string>()));
    }

    private static void AssertCell(JsonNode? node)
    {
        string type = Text(Assert.IsType<JsonObject>(node)["cell_type"]);
        JsonObject cell = type switch
        {
            "code" => Members(node, "id", "cell_type", "metadata", "source", "outputs", "execution_count"),
            "markdown" => Members(WithoutAttachments(node!), "id", "cell_type", "metadata", "source"),
            _ => throw new Xunit.Sdk.XunitException($"Unexpected cell type {type}."),
        };
        Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", Text(cell["id"]));
        Assert.IsType<JsonObject>(cell["metadata"]);
        AssertMultiline(cell["source"]);
        if (type == "code")
        {
            Assert.True(cell["execution_count"] is null || cell["execution_count"]!.GetValue<int>() >= 0);
            Assert.All(Assert.IsType<JsonArray>(cell["outputs"]), AssertOutput);
        }
    }

    private static void AssertOutput(JsonNode? node)
    {
        switch (Text(Assert.IsType<JsonObject>(node)["output_type"]))
        {
            case "stream":
                JsonObject stream = Members(node, "output_type", "name", "text");
                Assert.Contains(Text(stream["name"]), new[] { "stdout", "stderr" });
                AssertMultiline(stream["text"]);
                break;
            case "display_data":
                AssertBundle(Members(node, "output_type", "data", "metadata"));
                break;
            case "execute_result":
                JsonObject result = Members(node, "output_type", "data", "metadata", "execution_count");
                Assert.True(result["execution_count"]!.GetValue<int>() > 0);
                AssertBundle(result);
                break;
            case "error":
                JsonObject error = Members(node, "output_type", "ename", "evalue", "traceback");
                Text(error["ename"]);
                Text(error["evalue"]);
                Assert.All(Assert.IsType<JsonArray>(error["traceback"]), line => Text(line));
                break;
            case var other:
                throw new Xunit.Sdk.XunitException($"Unexpected output type {other}.");
        }
    }

    private static void AssertBundle(JsonObject output)
    {
        Assert.IsType<JsonObject>(output["metadata"]);
        foreach ((string mimeType, JsonNode? content) in Assert.IsType<JsonObject>(output["data"]))
        {
            Assert.Contains('/', mimeType);
            if (!mimeType.EndsWith("json", StringComparison.Ordinal))
                AssertMultiline(content);
        }
    }

    private static void AssertMultiline(JsonNode? node)
    {
        if (node is not JsonArray lines)
        {
            Text(node);
            return;
        }

        for (int i = 0; i < lines.Count; i++)
            Assert.Equal(i < lines.Count - 1, Text(lines[i]).EndsWith('\n') && i < lines.Count - 1);
    }

    private static JsonObject Members(JsonNode? node, params string[] names)
    {
        JsonObject json = Assert.IsType<JsonObject>(node);
        Assert.Equal(names.Order(StringComparer.Ordinal), json.Select(member => member.Key).Order(StringComparer.Ordinal));
        return json;
    }

    private static JsonObject WithoutAttachments(JsonNode cell)
    {
        JsonObject copy = cell.DeepClone().AsObject();
        copy.Remove("attachments");
        return copy;
    }

    private static string Text(JsonNode? node)
    {
        Assert.Equal(JsonValueKind.String, node?.GetValueKind());
        return node!.GetValue<string>();
    }
}
