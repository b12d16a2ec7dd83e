using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Conditions as points between two measures, each with its name: accuracy against cost, for example, where above and left of all others is best.</summary>
/// <param name="xName">What the x axis shows, with its unit.</param>
/// <param name="yName">What the y axis shows, with its unit.</param>
/// <param name="points">The points.</param>
public sealed class PointChart(string xName, string yName, params IEnumerable<Point> points) : Figure
{
    private const int Letter = 7, Line = 16, Left = 56, Right = 20, Top = 30, Bottom = 52;

    private readonly Point[] _points = [.. points];

    /// <summary>Whether the x axis is logarithmic; its name then says so.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether names stand beside the points; if not, they show under the pointer alone: where there are many.</summary>
    public bool Named { get; init; } = true;

    /// <summary>Whether y values are fractions, to be shown as percentages.</summary>
    public bool PercentY { get; init; }

    /// <summary>Whether x values are fractions, to be shown as percentages.</summary>
    public bool PercentX { get; init; }

    /// <summary>Where the y axis starts; from the data unless given.</summary>
    public double? YFrom { get; init; }

    /// <summary>Where the y axis ends; from the data unless given.</summary>
    public double? YTo { get; init; }

    /// <summary>Where the x axis starts; from the data unless given.</summary>
    public double? XFrom { get; init; }

    /// <summary>Where the x axis ends; from the data unless given.</summary>
    public double? XTo { get; init; }

    /// <summary>What theory says, as a dashed line through these points, x ascending; named at the first.</summary>
    public (string Name, IReadOnlyList<(double X, double Y)> Points)? Theory { get; init; }

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 380;

    internal override FigureSize Size => new(FigureSize.ColumnWidth, Height, 320, KeepsShape: false);

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        AxisRange x = AxisRange.Of(_points.Select(point => point.X), XFrom, XTo, LogX, padding: 0.08);
        AxisRange y = AxisRange.Of(_points.SelectMany(point => new[] { point.Y, point.Interval?.Low ?? point.Y, point.Interval?.High ?? point.Y }), YFrom, YTo, log: false, padding: 0.08);
        return PlotlyChart.Combine(Theory is null ? [Marks()] : [Dashed(Theory.Value.Points), Marks()], PlotlyChart.Layout(new
        {
            showlegend = false,
            hovermode = "closest",
            margin = new { l = Left, r = Right, t = Top, b = Bottom },
            xaxis = new { range = x.Axis, type = LogX ? "log" : "linear", dtick = x.LogTicks, tickformat = PercentX ? ".0%" : "~g", ticks = "outside", ticklen = 4, zeroline = false, title = new { text = PlotlyChart.Label(LogX ? xName + ", log scale" : xName), standoff = 8 } },
            yaxis = new { range = y.Axis, tickformat = PercentY ? ".0%" : "~g", nticks = 8, zeroline = false },
            annotations = (Named ? Labels(x, y) : []).Concat(TheoryName(x)).Append(new { text = PlotlyChart.Label(yName), xref = "paper", x = 0, xanchor = "left", yref = "paper", y = 1, yanchor = "bottom", yshift = 6, showarrow = false }),
        }));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() => _points.Select(point =>
        $"{(point.Name.Length > 0 ? point.Name : "another")}: {yName} {Text(point.Y, PercentY)}"
        + (point.Interval is { } interval ? $" (from {Text(interval.Low, PercentY)} to {Text(interval.High, PercentY)})" : "")
        + $" at {xName} {Text(point.X, PercentX)}");

    private static string Text(double value, bool percent) => percent ? PlotlyChart.Percent(value) : PlotlyChart.Text(value);

    private Trace Marks() => PlotlyChart.Trace("scatter", new
    {
        x = PlotlyChart.Numbers(_points.Select(point => point.X)),
        y = PlotlyChart.Numbers(_points.Select(point => point.Y)),
        text = _points.Select(point => PlotlyChart.Label(point.Name)),
        mode = "markers",
        marker = new { size = 11, color = _points.Select(point => Palette.Of(point.Role)) },
        error_y = new
        {
            type = "data",
            symmetric = false,
            array = PlotlyChart.Numbers(_points.Select(point => (point.Interval?.High ?? point.Y) - point.Y)),
            arrayminus = PlotlyChart.Numbers(_points.Select(point => point.Y - (point.Interval?.Low ?? point.Y))),
            color = "faint",
            thickness = 1.5,
            width = 5,
            visible = _points.Any(point => point.Interval is not null),
        },
        hovertemplate = $"%{{text}}: %{{y{(PercentY ? ":.1%" : ":.4~g")}}} at %{{x{(PercentX ? ":.1%" : ":.4~g")}}}<extra></extra>",
    });

    private static Trace Dashed(IReadOnlyList<(double X, double Y)> points) => PlotlyChart.Trace("scatter", new
    {
        x = PlotlyChart.Numbers(points.Select(point => point.X)),
        y = PlotlyChart.Numbers(points.Select(point => point.Y)),
        mode = "lines",
        line = new { color = Palette.Exact, width = 2, dash = "dash" },
        hoverinfo = "skip",
    });

    private IEnumerable<object> TheoryName(AxisRange x) => Theory is not { } theory ? [] :
    [
        new { text = PlotlyChart.Label(theory.Name), x = x.Place(theory.Points[0].X), y = theory.Points[0].Y, xanchor = "left", yanchor = "bottom", yshift = 3, showarrow = false },
    ];

    // Each name at the first of the places around its point where it meets no point and no name; the right one where there is none.
    private IEnumerable<object> Labels(AxisRange x, AxisRange y)
    {
        double width = FigureSize.ColumnWidth - Left - Right, height = Height - Top - Bottom;
        (double X, double Y)[] at = [.. _points.Select(point => (x.Fraction(point.X) * width, y.Fraction(point.Y) * height))];
        var taken = at.Select(place => new Area(place.X - 7, place.Y - 7, place.X + 7, place.Y + 7)).ToList();
        foreach ((int i, Point point) in _points.Index().Where(each => each.Item.Name.Length > 0))
        {
            double length = Letter * point.Name.Length;
            Area[] places = [.. Around(at[i], length)];
            int best = Array.FindIndex(places, area => area.Left >= 0 && area.Right <= width + Right && !taken.Exists(area.Meets));
            Area place = places[Math.Max(0, best)];
            taken.Add(place);
            yield return new
            {
                text = PlotlyChart.Label(point.Name),
                x = x.Place(point.X),
                y = point.Y,
                xanchor = "center",
                yanchor = "middle",
                xshift = Math.Round(((place.Left + place.Right) / 2) - at[i].X, 1),
                yshift = Math.Round(((place.Low + place.High) / 2) - at[i].Y, 1),
                showarrow = false,
                font = new { color = Palette.Of(point.Role) },
            };
        }
    }

    private static IEnumerable<Area> Around((double X, double Y) point, double length)
    {
        const double gap = 10;
        foreach ((double right, double up) in new[] { (1.0, 0.0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 2), (0, -2), (0, 3), (0, -3) })
        {
            (double x, double y) = (point.X + (right * (gap + (length / 2))), point.Y + (up * Line));
            yield return new Area(x - (length / 2), y - (Line / 2.0), x + (length / 2), y + (Line / 2.0));
        }
    }

    private sealed record Area(double Left, double Low, double Right, double High)
    {
        public bool Meets(Area other) => Left < other.Right && other.Left < Right && Low < other.High && other.Low < High;
    }
}
