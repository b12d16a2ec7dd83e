using System.Globalization;
using System.Text.RegularExpressions;

namespace AttentionNotebooks;

/// <summary>
/// Still pictures of charts inside the HTML of figures. Viewers that run no scripts (GitHub) show them, a page that finds no plotly.js
/// keeps them, and where a chart can be drawn it takes their place.
/// </summary>
public static partial class FigurePicture
{
    /// <summary>How wide a figure is drawn for a picture, in CSS pixels.</summary>
    public const int Width = FigureSize.ColumnWidth;

    /// <summary>The CSS selector of the charts, in the order of <see cref="Embed"/>.</summary>
    public const string Selector = ".attention-plot";

    /// <summary>Puts a picture into each chart's place, or another where there is one.</summary>
    /// <param name="html">HTML that holds figures, as <see cref="Figure.ToHtml"/> writes them.</param>
    /// <param name="pictures">PNG files, one for each chart, each with its width in CSS pixels.</param>
    /// <exception cref="ArgumentException">There are more or fewer pictures than charts.</exception>
    public static string Embed(string html, IReadOnlyList<(byte[] Png, int Width)> pictures)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(pictures);
        int charts = ChartPattern().Count(html);
        if (charts != pictures.Count)
            throw new ArgumentException($"{pictures.Count} pictures for {charts} charts: give every chart one.", nameof(pictures));

        int next = 0;
        return ChartPattern().Replace(html, chart =>
        {
            (byte[] png, int width) = pictures[next++];
            string image = string.Create(CultureInfo.InvariantCulture, $"""<img alt="{chart.Groups["label"].Value}" width="{width}" style="max-width:100%;height:auto" src="data:image/png;base64,{Convert.ToBase64String(png)}">""");
            return $"{chart.Groups["start"].Value}{image}</div>";
        });
    }

    /// <summary>The picture in the place of the only chart, as base64, with its width in CSS pixels; null where there are more, or none, or no picture.</summary>
    /// <param name="html">HTML that holds figures with their pictures (<see cref="Embed"/>).</param>
    public static (string Png, int Width)? OnlyOne(string html) =>
        ChartPattern().Count(html) == 1 && ImagePattern().Match(ChartPattern().Match(html).Groups["picture"].Value) is { Success: true } image
            ? (image.Groups["png"].Value, int.Parse(image.Groups["width"].Value, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Whether there is a chart in the HTML, which needs plotly.js.</summary>
    public static bool HasCharts(string html) => ChartPattern().IsMatch(html);

    /// <summary>Whether every chart in the HTML has its picture.</summary>
    public static bool IsEmbedded(string html) => ChartPattern().Matches(html).All(chart => chart.Groups["picture"].Success);

    // Attributes and text are encoded: neither has a < or > of its own.
    [GeneratedRegex("""(?<start><div class="attention-plot" [^>]*aria-label="(?<label>[^"]*)"[^>]*>)((?<picture><img [^>]*>)|[^<]*)</div>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ChartPattern();

    [GeneratedRegex("""<img [^>]*width="(?<width>\d+)"[^>]*src="data:image/png;base64,(?<png>[^"]*)">""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ImagePattern();
}
