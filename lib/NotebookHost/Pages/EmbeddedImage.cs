using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>Pictures of a Markdown cell as part of the page: a page is one file.</summary>
internal static class EmbeddedImage
{
    private const string AttachmentPrefix = "attachment:";

    public static string? Address(Notebook notebook, NotebookCell cell, string? url)
    {
        if (url is null)
            return null;
        if (url.StartsWith(AttachmentPrefix, StringComparison.Ordinal))
            return FromAttachment(cell, url[AttachmentPrefix.Length..]) ?? url;
        if (Uri.TryCreate(url, UriKind.Absolute, out _))
            return url;
        string path = Path.GetFullPath(Uri.UnescapeDataString(url), notebook.Folder);
        return File.Exists(path) && MimeTypeOf(path) is { } mimeType ? DataAddress(mimeType, Convert.ToBase64String(File.ReadAllBytes(path))) : url;
    }

    public static string DataAddress(string mimeType, string base64) => $"data:{mimeType};base64,{base64}";

    private static string? FromAttachment(NotebookCell cell, string name) =>
        cell.Attachments?[name] is JsonObject bundle && bundle.FirstOrDefault() is { Value: JsonValue content, Key: var mimeType }
            ? DataAddress(mimeType, content.GetValue<string>().ReplaceLineEndings(""))
            : null;

    private static string? MimeTypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".webp" => "image/webp",
        _ => null,
    };
}
