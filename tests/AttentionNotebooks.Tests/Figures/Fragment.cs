using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AttentionNotebooks.Tests;

/// <summary>The HTML of a figure, taken apart as a browser would.</summary>
internal sealed class Fragment
{
    public Fragment(Figure figure)
    {
        Html = figure.ToHtml();
        Document = new HtmlParser().ParseDocument("<!doctype html><body>" + Html);
        Figure = Document.QuerySelectorAll("figure").Single();
        Plot = Figure.QuerySelectorAll(".attention-plot").Single();
    }

    public string Html { get; }

    public IDocument Document { get; }

    public IElement Figure { get; }

    public IElement Plot { get; }

    public string Script => Figure.QuerySelectorAll("script").Single().TextContent;

    /// <summary>The chart's argument of the script's last call.</summary>
    public JsonElement Chart
    {
        get
        {
            string call = $")(\"{Plot.GetAttribute("data-figure")}\", ";
            int start = Script.LastIndexOf(call, StringComparison.Ordinal) + call.Length;
            return JsonDocument.Parse(Script[start..Script.LastIndexOf(");", StringComparison.Ordinal)]).RootElement;
        }
    }

    public JsonElement[] Traces => [.. First.GetProperty("data").EnumerateArray()];

    public JsonElement Layout => First.GetProperty("layout");

    // Of a sequence the chart that it starts with.
    private JsonElement First => Chart.TryGetProperty("steps", out JsonElement steps) ? steps[Chart.GetProperty("start").GetInt32()] : Chart;
}
