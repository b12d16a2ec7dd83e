using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>The plotly.js traces of one series: what varies behind, thin, and its mean in front.</summary>
internal sealed class SeriesLines(Series series, LineStyle style, double smoothing, bool markers, bool percent)
{
    private const int MostThinLines = 5;

    public IEnumerable<Trace> Traces(string axis, int points)
    {
        Series shown = smoothing > 0 ? series.Smoothed(smoothing) : series;
        IEnumerable<Trace> behind = (series.Runs.Length, smoothing > 0) switch
        {
            (1, true) => [Thin(series.Runs[0], axis, points, 0.3)],
            ( <= 1, _) => [],
            ( <= MostThinLines, _) => shown.Runs.Select(run => Thin(run, axis, points, 0.45)),
            _ => Band(shown, axis, points),
        };
        return behind.Append(Front(shown.Mean(), axis, points));
    }

    private Trace Front(double[] y, string axis, int points)
    {
        int[] kept = Kept(y.Length, points);
        string value = percent ? "%{y:.1%}" : "%{y:.4~g}";
        return PlotlyChart.Trace("scatter", new
        {
            x = At(series.X, kept),
            y = At(y, kept),
            name = PlotlyChart.Label(series.Name),
            mode = markers ? "lines+markers" : "lines",
            line = new { color = style.Colour, width = 2.5, dash = style.Dash },
            marker = new { color = style.Colour, size = 7 },
            hovertemplate = $"{PlotlyChart.Label(series.Name)}: {value} at %{{x:,~g}}<extra></extra>",
            xaxis = "x" + axis,
            yaxis = "y" + axis,
        });
    }

    private Trace Thin(double[] y, string axis, int points, double opacity)
    {
        int[] kept = Kept(y.Length, points);
        return PlotlyChart.Trace("scatter", new
        {
            x = At(series.X, kept),
            y = At(y, kept),
            mode = "lines",
            line = new { color = style.Colour, width = 1 },
            opacity,
            hoverinfo = "skip",
            xaxis = "x" + axis,
            yaxis = "y" + axis,
        });
    }

    private IEnumerable<Trace> Band(Series shown, string axis, int points)
    {
        (double[] low, double[] high) = shown.Range();
        int[] kept = Kept(low.Length, points);
        foreach ((double[] edge, string fill) in new[] { (low, "none"), (high, "tonexty") })
        {
            yield return PlotlyChart.Trace("scatter", new
            {
                x = At(series.X, kept),
                y = At(edge, kept),
                mode = "lines",
                line = new { width = 0 },
                fill,
                fillcolor = style.Faint(0.2),
                hoverinfo = "skip",
                xaxis = "x" + axis,
                yaxis = "y" + axis,
            });
        }
    }

    private static double?[] At(double[] values, int[] kept) => PlotlyChart.Numbers(kept.Select(i => values[i]));

    // Every n-th value and always the last, which the label names.
    private static int[] Kept(int length, int points)
    {
        int stride = Math.Max(1, (int)Math.Ceiling(length / (double)points));
        return [.. Enumerable.Range(0, length).Where(i => i % stride == 0 || i == length - 1)];
    }
}
