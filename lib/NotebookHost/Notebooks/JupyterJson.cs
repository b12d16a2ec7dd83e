using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>
/// JSON laid out as Jupyter lays it out (indent 1, sorted keys, only control characters escaped), so that a notebook saved here and
/// one saved there differ in what changed alone. <see cref="Utf8JsonWriter"/> escapes every character beyond the basic plane.
/// </summary>
internal static class JupyterJson
{
    public static string Write(JsonNode node) => WritePart(node, depth: 0) + "\n";

    /// <summary>A value as it stands that deep inside a file.</summary>
    public static string WritePart(JsonNode? node, int depth)
    {
        var text = new StringBuilder();
        WriteNode(text, node, depth);
        return text.ToString();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject members:
                WriteItems(text, '{', '}', members.OrderBy(member => member.Key, StringComparer.Ordinal), depth, member =>
                {
                    WriteString(text, member.Key);
                    text.Append(": ");
                    WriteNode(text, member.Value, depth + 1);
                });
                break;
            case JsonArray items:
                WriteItems(text, '[', ']', items, depth, item => WriteNode(text, item, depth + 1));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(text, value.GetValue<string>());
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteItems<T>(StringBuilder text, char open, char close, IEnumerable<T> items, int depth, Action<T> write)
    {
        text.Append(open);
        bool any = false;
        foreach (T item in items)
        {
            if (any)
                text.Append(',');
            text.Append('\n').Append(' ', depth + 1);
            write(item);
            any = true;
        }

        if (any)
            text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
