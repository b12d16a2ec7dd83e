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
        _ => Data(output["data"]!.AsObject()),
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

    private static string Data(JsonObject data)
    {
        string? type = Array.Find(_richTypes, data.ContainsKey);
        if (type is null)
            return $"<pre class=\"value\" tabindex=\"0\">{HtmlText.Encode(data.ToJsonString())}</pre>";
        string content = MultilineText.Read(data[type]) ?? data[type]!.ToJsonString();
        return type switch
        {
            MimeBundle.Html => $"<div class=\"rich\">{content}</div>",
            MimeBundle.Plain => $"<pre class=\"value\" tabindex=\"0\">{HtmlText.Encode(content)}</pre>",
            "image/svg+xml" => Image(type, Convert.ToBase64String(Encoding.UTF8.GetBytes(content))),
            "application/javascript" or "text/javascript" => $"<script>{content}</script>",
            _ => Image(type, content.ReplaceLineEndings("")),
        };
    }

    private static string Image(string type, string base64) => $"<img alt=\"\" src=\"{EmbeddedImage.DataAddress(type, HtmlText.Encode(base64))}\">";

    /// <summary>Colours and cursor moves for a terminal.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ControlPattern();
}
