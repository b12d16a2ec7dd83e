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
}
