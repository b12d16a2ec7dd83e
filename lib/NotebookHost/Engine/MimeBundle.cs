using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>One value in several MIME types: text as it is, pictures as base64.</summary>
internal sealed class MimeBundle : Dictionary<string, string>
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";

    public MimeBundle()
        : base(StringComparer.Ordinal)
    {
    }

    public MimeBundle(string mimeType, string content)
        : this() => this[mimeType] = content;

    /// <summary>As Jupyter has it: JSON as such, pictures and text as strings.</summary>
    /// <param name="text">How text is written; null for one string.</param>
    public JsonObject ToJson(Func<string, JsonNode>? text = null) => new(this.Select(entry => KeyValuePair.Create(entry.Key, Content(entry.Key, entry.Value, text))));

    private static JsonNode? Content(string mimeType, string content, Func<string, JsonNode>? text)
    {
        if (mimeType.EndsWith("json", StringComparison.Ordinal))
            return JsonNode.Parse(content);
        bool isBinary = mimeType.StartsWith("image/", StringComparison.Ordinal) && !mimeType.EndsWith("+xml", StringComparison.Ordinal);
        return isBinary || text is null ? content : text(content);
    }
}
