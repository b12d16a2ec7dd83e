using System.Text;

namespace NotebookHost;

/// <summary>Text as HTML. The framework's encoders also turn every letter beyond the basic plane into a number, formulas' letters among them.</summary>
internal static class HtmlText
{
    public static string Encode(string text) => new StringBuilder(text)
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;")
        .ToString();
}
