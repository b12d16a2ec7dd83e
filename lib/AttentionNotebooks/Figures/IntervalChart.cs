using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Effects with their intervals, one below the other, beside a line at zero: who lies on which side of it, and how surely.</summary>
/// <param name="valueName">What is shown, with its unit.</param>
/// <param name="rows">The rows, from the top.</param>
public sealed class IntervalChart(string valueName, params IEnumerable<Interval> rows) : Figure
{
    private const int Letter = 7, Line = 16, Gap = 10, Right = 16, Top = 8, Bottom = 48, LineLength = 34;

    private readonly Interval[] _rows = [.. rows];
    private readonly IReadOnlyList<string>[] _names = [.. rows.Select(row => LabelLines.Of(row.Name, LineLength))];

    /// <summary>Whether values are fractions, to be shown as percentages.</summary>
    public bool Percent { get; init; }

    /// <summary>Where the axis starts; from the data unless given. What reaches further is cut off there.</summary>
    public double? From { get; init; }

    /// <summary>Where the axis ends; from the data unless given.</summary>
    public double? To { get; init; }

    internal override FigureSize Size => new(FigureSize.ColumnWidth, Top + Bottom + (RowHeight * Math.Max(1, _rows.Length)), Left + 260, KeepsShape: false);

    private int RowHeight => Gap + (Line * _names.Select(lines => lines.Count).DefaultIfEmpty(1).Max());

    private int Left => 20 + (Letter * _names.SelectMany(lines => lines).Select(line => line.Length).DefaultIfEmpty(0).Max());

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        AxisRange x = AxisRange.Of(_rows.SelectMany(row => new[] { row.Value, row.Low, row.High, row.Mark ?? 0 }).Where(double.IsFinite).Append(0), From, To, log: false, padding: 0.06);
        return PlotlyChart.Combine([Marks(x)], PlotlyChart.Layout(new
        {
            showlegend = false,
            hovermode = "closest",
            margin = new { l = Left, r = Right, t = Top, b = Bottom },
            xaxis = new { range = x.Axis, tickformat = Percent ? ".0%" : "~g", ticks = "outside", ticklen = 4, zeroline = false, title = new { text = PlotlyChart.Label(valueName), standoff = 8 } },
            yaxis = new
            {
                range = new[] { _rows.Length - 0.5, -0.5 },
                tickvals = Enumerable.Range(0, _rows.Length),
                ticktext = _names.Select(lines => string.Join("<br>", lines.Select(PlotlyChart.Label))),
                showgrid = false,
                zeroline = false,
                fixedrange = true,
            },
            shapes = Lines(),
        }));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() => _rows.Select(row => double.IsNaN(row.Value)
        ? $"{row.Name}: nothing measured"
        : $"{row.Name}: {valueName} {Text(row.Value)}" + (double.IsFinite(row.Low) && double.IsFinite(row.High) ? $" (from {Text(row.Low)} to {Text(row.High)})" : ", no interval"));

    private string Text(double value) => Percent ? PlotlyChart.Percent(value) : PlotlyChart.Text(value);

    private Trace Marks(AxisRange x) => PlotlyChart.Trace("scatter", new
    {
        x = PlotlyChart.Numbers(_rows.Select(row => row.Value)),
        y = Enumerable.Range(0, _rows.Length),
        mode = "markers",
        marker = new { size = 10, color = _rows.Select(row => Palette.Of(row.Role)) },
        // Where nothing is known, the line crosses the whole chart.
        error_x = new
        {
            type = "data",
            symmetric = false,
            array = PlotlyChart.Numbers(_rows.Select(row => Math.Min(row.High, x.To) - row.Value)),
            arrayminus = PlotlyChart.Numbers(_rows.Select(row => row.Value - Math.Max(row.Low, x.From))),
            color = Palette.Exact,
            thickness = 1.5,
            width = 5,
        },
        hovertemplate = $"%{{x{(Percent ? ":.1%" : ":.4~g")}}}<extra></extra>",
    });

    private IEnumerable<object> Lines() =>
        _rows.Index().Where(row => row.Item.Mark is not null).Select(row => (object)new
        {
            type = "line",
            x0 = row.Item.Mark,
            x1 = row.Item.Mark,
            y0 = row.Index - 0.3,
            y1 = row.Index + 0.3,
            line = new { color = Palette.Exact, width = 1.5, dash = "dot" },
        }).Prepend(new { type = "line", x0 = 0, x1 = 0, yref = "paper", y0 = 0, y1 = 1, line = new { color = Palette.Exact, width = 1 } });
}
