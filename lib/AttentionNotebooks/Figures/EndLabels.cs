namespace AttentionNotebooks;

/// <summary>Names lines at their right ends, and moves the names apart where lines end together.</summary>
internal sealed class EndLabels(AxisRange x, AxisRange y, double panelWidth, double panelHeight)
{
    private const double LineHeight = 16;

    // Characters of the longest line that the margin has room for.
    private const int LineLength = 24;

    /// <summary>The lines that a name is written in.</summary>
    public static IReadOnlyList<string> Lines(string name) => LabelLines.Of(name, LineLength);

    public IEnumerable<object> Annotations(IEnumerable<Series> series, double smoothing, string axis)
    {
        End[] ends = [.. series.Select(one => EndOf(one, smoothing)).OfType<End>()];
        double[] shifts = Apart(ends);
        return ends.Select((end, i) => (object)new
        {
            text = string.Join("<br>", end.Lines.Select(PlotlyChart.Label)),
            xref = "x" + axis,
            x = x.Place(end.X),
            xanchor = "left",
            xshift = 5,
            yref = "y" + axis,
            y = y.Place(end.Y),
            yshift = Math.Round(shifts[i], 1),
            showarrow = false,
            align = "left",
            font = new { color = Palette.Of(end.Series.Role) },
        });
    }

    private End? EndOf(Series series, double smoothing)
    {
        double[] mean = (smoothing > 0 ? series.Smoothed(smoothing) : series).Mean();
        int last = Array.FindLastIndex(mean, value => double.IsFinite(value) && (!y.Log || value > 0));
        return last < 0 ? null : new End(series, Lines(series.Name), series.X[last], Math.Clamp(mean[last], y.From, y.To));
    }

    /// <summary>How far up each label moves, in pixels: neighbours push each other until all have room.</summary>
    private double[] Apart(End[] ends)
    {
        double[] wanted = [.. ends.Select(end => y.Fraction(end.Y) * panelHeight)];
        double[] places = [.. wanted];
        int[] order = [.. Enumerable.Range(0, ends.Length).OrderBy(i => wanted[i])];
        for (int round = 0; round < 100; round++)
        {
            for (int a = 0; a < order.Length; a++)
            {
                for (int b = a + 1; b < order.Length; b++)
                    Push(places, ends, order[a], order[b]);
            }
        }

        return [.. places.Select((place, i) => place - wanted[i])];
    }

    private void Push(double[] places, End[] ends, int lower, int upper)
    {
        double overlap = (LineHeight * (ends[lower].Lines.Count + ends[upper].Lines.Count) / 2) - (places[upper] - places[lower]);
        double apart = Math.Abs(x.Fraction(ends[upper].X) - x.Fraction(ends[lower].X)) * panelWidth;
        if (overlap <= 0 || apart > 7 * Math.Max(ends[lower].Length, ends[upper].Length))
            return;

        places[lower] -= overlap / 2;
        places[upper] += overlap / 2;
    }

    private sealed record End(Series Series, IReadOnlyList<string> Lines, double X, double Y)
    {
        public int Length => Lines.Max(line => line.Length);
    }
}
