using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookHost;

/// <summary>An output of nbformat as HTML: HTML as it is, all other text encoded.</summary>
internal static partial class OutputHtml
{
    // Best first.
    private static readonly string[] _richTypes = [MimeBundle.Html, "image/svg+xml", "image/png", "image/jpeg", "image/gif", "application/javascript", "text/javascript", MimeBundle.Plain];

    public static string Of(JsonObject output) => (string?)output["output_type"] switch
    {
        "stream" => Stream(output),
        "error" => Error(output),
        _ => Data(output["data"]!.AsObject(), output["metadata"]),
    };

    private static string Stream(JsonObject output)
    {
        string text = ControlPattern().Replace(MultilineText.Read(output["text"])!, "");
        return $"<pre class=\"stream {(string?)output["name"]}\" tabindex=\"0\">{HtmlText.Encode(text)}</pre>";
    }

    private static string Error(JsonObject output)
    {
        var trace = new StringBuilder();
        foreach (JsonNode? line in output["traceback"]!.AsArray())
            trace.Append(HtmlText.Encode(ControlPattern().Replace((string)line!, ""))).Append('\n');
        string name = HtmlText.Encode((string)output["ename"]!);
        string message = HtmlText.Encode((string)output["evalue"]!);
        return $"<div class=\"error\" role=\"alert\"><p><strong>{name}</strong> {message}</p><pre tabindex=\"0\">{trace}</pre></div>";
    }

    private static string Data(JsonObject data, JsonNode? metadata)
    {
        string? type = Array.Find(_richTypes, data.ContainsKey);
        if (type is null)
            return $"<pre class=\"value\" tabindex=\"0\">{HtmlText.Encode(data.ToJsonString())}</pre>";
        string content = MultilineText.Read(data[type]) ?? data[type]!.ToJsonString();
        return type switch
        {
            MimeBundle.Html => $"<div class=\"rich\">{CodePattern().Replace(content, Highlighted)}</div>",
            MimeBundle.Plain => $"<pre class=\"value\" tabindex=\"0\">{HtmlText.Encode(content)}</pre>",
            "image/svg+xml" => Image(type, Convert.ToBase64String(Encoding.UTF8.GetBytes(content)), Alternative(type, data, metadata)),
            "application/javascript" or "text/javascript" => $"<script>{content}</script>",
            _ => Image(type, content.ReplaceLineEndings(""), Alternative(type, data, metadata)),
        };
    }

    private static string Highlighted(Match code) =>
        $"<pre class=\"source\" tabindex=\"0\"><code>{CodeHighlighter.ToHtml(WebUtility.HtmlDecode(code.Groups["code"].Value))}</code></pre>";

    /// <summary>What the picture shows, in words: its own, as nbconvert looks for them, else the output's text.</summary>
    private static string Alternative(string type, JsonObject data, JsonNode? metadata) =>
        metadata?[type]?["alt"]?.ToString() ?? MultilineText.Read(data[MimeBundle.Plain]) ?? "Picture without a description";

    private static string Image(string type, string base64, string alternative) => $"<img alt=\"{HtmlText.Encode(alternative)}\" src=\"{EmbeddedImage.DataAddress(type, HtmlText.Encode(base64))}\">";

    /// <summary>The library's source as <see cref="AttentionNotebooks.SourceCode"/> writes it: here it looks as it does in a cell.</summary>
    [GeneratedRegex("""<pre class="source"><code class="language-csharp">(?<code>[^<]*)</code></pre>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePattern();

    /// <summary>Colours and cursor moves for a terminal.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ControlPattern();
}
