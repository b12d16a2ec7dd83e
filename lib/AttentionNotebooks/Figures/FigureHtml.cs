using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Writes the HTML fragment of a figure.</summary>
internal static class FigureHtml
{
    private static readonly JsonSerializerOptions _compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string _script = ReadScript();

    // Fragments of different versions of the library may meet in one page: each finds its own script by its content.
    private static readonly string _scriptName = "attentionFigures" + Fingerprint(_script);

    public static string Write(Figure figure)
    {
        string chart = ScriptLiteral(Chart(figure));
        string head = figure.Title.Length == 0 ? "" : $"""<div style="font-weight:600;margin:0 0 4px">{Encode(figure.Title)}</div>""" + "\n";
        string foot = figure.Caption.Length == 0 ? "" : $"""<figcaption style="font-size:14px;line-height:1.45;margin:6px 0 0;max-width:44em">{Encode(figure.Caption)}</figcaption>""" + "\n";
        string alternative = Encode(figure.AlternativeText);
        FigureSize size = figure.Size;

        // The content is the identity: a fragment draws every undrawn copy of itself, so the same figure may appear twice, and outputs do not change from run to run.
        string id = Fingerprint(head + foot + alternative + chart);
        string shape = size.KeepsShape ? $"max-width:{size.Width}px;aspect-ratio:{size.Width}/{size.Height}" : $"height:{size.Height}px";

        // FigurePicture finds the chart's place by the form of its element.
        return $"""
            <figure class="attention-figure" style="margin:12px 0">
            {head}<div style="overflow-x:auto"><div class="attention-plot" data-figure="{id}" role="img" aria-label="{alternative}" style="min-width:{size.LeastWidth}px;{shape};font-size:14px">{alternative}</div></div>
            <script>
            (window["{_scriptName}"] ??= {_script})("{id}", {chart});
            </script>
            {foot}</figure>
            """;
    }

    private static JsonObject Chart(Figure figure) => figure is FigureSequence sequence ? Steps(sequence) : Drawn(figure);

    private static JsonObject Steps(FigureSequence sequence) => new()
    {
        ["name"] = sequence.StepName,
        ["start"] = sequence.Start,
        ["labels"] = new JsonArray([.. sequence.Steps.Select(step => JsonValue.Create(step.Label))]),
        ["steps"] = new JsonArray([.. sequence.Steps.Select(step => Drawn(step.Figure))]),
    };

    private static JsonObject Drawn(Figure figure)
    {
        JsonNode chart = JsonNode.Parse(GenericChart.toFigureJson(figure.ToChart()))!;
        JsonObject layout = chart["layout"]!.AsObject();
        foreach (string ours in (ReadOnlySpan<string>)["template", "width", "height"])
            layout.Remove(ours);
        return new JsonObject { ["data"] = chart["data"]!.DeepClone(), ["layout"] = layout.DeepClone() };
    }

    /// <summary>JSON is JavaScript; inside a script element only <c>&lt;</c> could end or derail it.</summary>
    private static string ScriptLiteral(JsonObject json) => json.ToJsonString(_compact).Replace("<", "\\u003c", StringComparison.Ordinal);

    private static readonly HtmlEncoder _html = HtmlEncoder.Create(UnicodeRanges.All);

    private static string Encode(string text) => _html.Encode(text);

    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static string ReadScript()
    {
        using Stream stream = typeof(FigureHtml).Assembly.GetManifestResourceStream("figure.js")
            ?? throw new InvalidOperationException("AttentionNotebooks.dll has no resource figure.js: build the library again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("PLOTLY_ADDRESS", PlotlyScript.Address, StringComparison.Ordinal).Trim();
    }
}
