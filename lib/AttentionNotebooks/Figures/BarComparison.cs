using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Conditions side by side: bars from zero with their values, intervals and single runs.</summary>
/// <param name="valueName">What is compared, with its unit.</param>
/// <param name="bars">The bars, left to right.</param>
public sealed class BarComparison(string valueName, params IEnumerable<Bar> bars) : Figure
{
    // Characters that fit side by side under all bars of a column's width.
    private const int LineLength = 74;

    private readonly Bar[] _bars = [.. bars];

    /// <summary>Whether values are fractions, to be shown as percentages.</summary>
    public bool Percent { get; init; }

    /// <summary>A level to compare all with, drawn dashed: “chance”, 0.1.</summary>
    public (string Name, double Value)? Level { get; init; }

    /// <summary>Where the axis ends; from the data unless given. It starts at zero.</summary>
    public double? To { get; init; }

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 320;

    internal override FigureSize Size => new(FigureSize.ColumnWidth, Height, Math.Max(300, 60 + (40 * _bars.Length)), KeepsShape: false);

    private string Text(double value) => Percent ? PlotlyChart.Percent(value) : PlotlyChart.Text(value);

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        double top = To ?? 1.12 * Math.Max(1e-9, _bars.Select(bar => bar.Top).Append(Level?.Value ?? 0).Max());
        IEnumerable<object> values = _bars.Select((bar, i) => Note(Text(bar.Value), i, Math.Max(bar.Top, bar.Value), "center"));
        object[] lines = Level is { } level
            ? [new { type = "line", xref = "paper", x0 = 0, x1 = 1, y0 = level.Value, y1 = level.Value, line = new { color = Palette.Exact, width = 1.5, dash = "dash" } }]
            : [];
        if (Level is { } named)
            values = values.Append(new { text = PlotlyChart.Label(named.Name), xref = "paper", x = 1, xanchor = "left", xshift = 5, y = named.Value, showarrow = false });

        var names = _bars.Select(bar => LabelLines.Of(bar.Name, LineLength / _bars.Length)).ToArray();
        return PlotlyChart.Combine([Bars(), Dots()], PlotlyChart.Layout(new
        {
            meta = "bars",
            showlegend = false,
            bargap = 0.45,
            margin = new { l = 56, r = Level is { } l ? 14 + (7 * l.Name.Length) : 20, t = 46, b = 16 + (16 * names.Max(lines => lines.Count)) },
            xaxis = new { range = new[] { -0.6, _bars.Length - 0.4 }, tickvals = Enumerable.Range(0, _bars.Length), ticktext = names.Select(lines => string.Join("<br>", lines.Select(PlotlyChart.Label))), tickangle = 0, tickfont = new { size = 13 }, showgrid = false, zeroline = false, fixedrange = true },
            yaxis = new { range = new[] { 0, top }, tickformat = Percent ? ".0%" : "~g", nticks = 7, fixedrange = true },
            shapes = lines,
            annotations = values.Append(new { text = PlotlyChart.Label(valueName), xref = "paper", x = 0, xanchor = "left", yref = "paper", y = 1, yanchor = "bottom", yshift = 22, showarrow = false }),
        }));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() => _bars.Select(bar =>
        $"{valueName}, {bar.Name}: {Text(bar.Value)}"
        + (bar.Low is { } low && bar.High is { } high ? $" (from {Text(low)} to {Text(high)})" : "")
        + (bar.Runs.Count > 0 ? $", {bar.Runs.Count} runs" : ""));

    private Trace Bars() => PlotlyChart.Trace("bar", new
    {
        x = Enumerable.Range(0, _bars.Length),
        y = PlotlyChart.Numbers(_bars.Select(bar => bar.Value)),
        marker = new { color = _bars.Select(bar => Palette.Of(bar.Role)) },
        hoverinfo = "skip",
        error_y = new
        {
            type = "data",
            symmetric = false,
            array = PlotlyChart.Numbers(_bars.Select(bar => (bar.High ?? bar.Value) - bar.Value)),
            arrayminus = PlotlyChart.Numbers(_bars.Select(bar => bar.Value - (bar.Low ?? bar.Value))),
            color = Palette.Exact,
            thickness = 1.5,
            width = 6,
            visible = _bars.Any(bar => bar.Low is not null || bar.High is not null),
        },
    });

    // Beside the bar's middle, where the interval is.
    private Trace Dots()
    {
        var dots = _bars.SelectMany((bar, i) => bar.Runs.Select((run, k) => (x: i + 0.12 + (0.1 * k / Math.Max(1, bar.Runs.Count - 1)), run))).ToList();
        return PlotlyChart.Trace("scatter", new
        {
            x = PlotlyChart.Numbers(dots.Select(dot => dot.x)),
            y = PlotlyChart.Numbers(dots.Select(dot => dot.run)),
            mode = "markers",
            marker = new { size = 6, color = Palette.Exact, opacity = 0.55 },
            hovertemplate = (Percent ? "%{y:.1%}" : "%{y:.4~g}") + "<extra></extra>",
        });
    }

    private static object Note(string text, double x, double y, string xanchor) =>
        new { text, x, y = PlotlyChart.Number(y), xanchor, yanchor = "bottom", yshift = 4, showarrow = false };
}
