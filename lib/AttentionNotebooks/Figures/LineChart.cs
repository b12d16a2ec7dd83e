using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>
/// Lines over one x axis, in one panel or several side by side, each line named at its right end.
/// Several runs of a series are thin lines (a band when there are many) around their mean.
/// </summary>
/// <param name="xName">What the x axis shows, with its unit.</param>
/// <param name="panels">The panels, left to right.</param>
public class LineChart(string xName, params IEnumerable<Panel> panels) : Figure
{
    private readonly Panel[] _panels = [.. panels];

    /// <summary>Whether the x axis is logarithmic; its name then says so.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether each value is marked, for lines of few values.</summary>
    public bool Markers { get; init; }

    /// <summary>Weight of the past in an exponential moving average, from 0 (none) to below 1; the raw line stays behind it, faint.</summary>
    public double Smoothing
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Smoothing is the weight of the past: from 0 (none) to below 1.");
    }

    /// <summary>Where the x axis starts; from the data unless given.</summary>
    public double? XFrom { get; init; }

    /// <summary>Where the x axis ends; from the data unless given. Give it to a chart that grows, so that its axis stands still.</summary>
    public double? XTo { get; init; }

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 340;

    internal override FigureSize Size => new(FigureSize.ColumnWidth, Height, PanelLayout.Of(_panels, Height).LeastWidth, KeepsShape: false);

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        AxisRange x = AxisRange.Of(AllSeries.SelectMany(series => series.X), XFrom, XTo, LogX, padding: Markers ? 0.02 : 0);
        PanelLayout layout = PanelLayout.Of(_panels, Height);
        var traces = new List<Trace>();
        var annotations = new List<object>();
        Layout axes = PlotlyChart.Layout(new { meta = "panels", showlegend = false, hovermode = "closest", margin = layout.Margin });

        for (int i = 0; i < _panels.Length; i++)
        {
            Panel panel = _panels[i];
            string number = i == 0 ? "" : $"{i + 1}";
            AxisRange y = AxisRange.Of(panel.Series.SelectMany(series => series.Runs).SelectMany(run => run), panel.From, panel.To, panel.Log, padding: 0.05);

            axes.SetProperty("xaxis" + number, new { domain = layout.Domain(i), range = x.Axis, type = Type(LogX), title = new { text = AxisName(xName, LogX), standoff = 8 }, anchor = "y" + number, nticks = layout.Ticks, dtick = x.LogTicks, tickformat = "~g", ticks = "outside", ticklen = 4, matches = i == 0 ? null : "x" });
            axes.SetProperty("yaxis" + number, new { range = y.Axis, type = Type(panel.Log), anchor = "x" + number, tickformat = panel.Percent ? ".0%" : "~g", nticks = 7, dtick = y.LogTicks, zeroline = false });

            annotations.Add(new { text = PlotlyChart.Label(AxisName(panel.YName, panel.Log)), xref = $"x{number} domain", x = 0, xanchor = "left", yref = $"y{number} domain", y = 1, yanchor = "bottom", yshift = 6, showarrow = false });
            traces.AddRange(panel.Series.SelectMany(series => new SeriesLines(series, LineStyle.Of(series, AllSeries), Smoothing, Markers, panel.Percent).Traces(number, Budget)));
            if (layout.HasLabels(i))
                annotations.AddRange(new EndLabels(x, y, layout.PanelWidth, layout.PanelHeight).Annotations(panel.Series, Smoothing, number));
        }

        axes.SetProperty("annotations", annotations);
        return PlotlyChart.Combine(traces, axes);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() =>
        from panel in _panels from series in panel.Series select $"{panel.YName}, {series.Name}: {FirstAndLast(series, panel)}";

    private IEnumerable<Series> AllSeries => _panels.SelectMany(panel => panel.Series);

    // A fragment stays within some tens of kilobytes however many seeds there are: no screen shows more points anyway.
    private int Budget => Math.Clamp(6000 / Math.Max(1, AllSeries.Sum(series => series.Runs.Length + 1)), 60, 300);

    private string FirstAndLast(Series series, Panel panel)
    {
        double[] mean = series.Mean();
        int first = Array.FindIndex(mean, double.IsFinite), last = Array.FindLastIndex(mean, double.IsFinite);
        if (first < 0)
            return "no values yet";

        Func<double, string> text = panel.Percent ? PlotlyChart.Percent : PlotlyChart.Text;
        string runs = series.Runs.Length > 1 ? $"mean of {series.Runs.Length} runs, " : "";
        return $"{text(mean[first])} → {text(mean[last])} ({runs}{xName} {PlotlyChart.Text(series.X[first])} to {PlotlyChart.Text(series.X[last])})";
    }

    private static string Type(bool log) => log ? "log" : "linear";

    private static string AxisName(string name, bool log) => log ? name + ", log scale" : name;
}
