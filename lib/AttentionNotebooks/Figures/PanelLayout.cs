namespace AttentionNotebooks;

/// <summary>Where the panels of a <see cref="LineChart"/> lie, in the pixels of a column.</summary>
internal sealed class PanelLayout
{
    private const int Left = 50, Top = 30, Bottom = 52, TickLabels = 50, Narrow = 14, LeastPlot = 150;

    private readonly double _plotWidth;
    private readonly double[] _starts;
    private readonly bool _labelsEverywhere;

    private PanelLayout(int count, int height, int labelWidth, bool labelsEverywhere)
    {
        _labelsEverywhere = labelsEverywhere;
        Margin = new { l = Left, r = labelWidth, t = Top, b = Bottom };
        LeastWidth = Left + LeastPlot + labelWidth;
        _plotWidth = FigureSize.ColumnWidth - Left - labelWidth;
        double gap = TickLabels + (labelsEverywhere ? labelWidth : Narrow);
        PanelWidth = Math.Max(40, (_plotWidth - (gap * (count - 1))) / Math.Max(1, count));
        PanelHeight = height - Top - Bottom;
        _starts = [.. Enumerable.Range(0, count).Select(i => i * (PanelWidth + gap))];
    }

    public object Margin { get; }

    /// <summary>How narrow the chart may become; its panels are one below the other then.</summary>
    public int LeastWidth { get; }

    public double PanelWidth { get; }

    public double PanelHeight { get; }

    public int Ticks => Math.Max(4, (int)(PanelWidth / 55));

    public double[] Domain(int panel) => [_starts[panel] / _plotWidth, Math.Min(1, (_starts[panel] + PanelWidth) / _plotWidth)];

    public bool HasLabels(int panel) => _labelsEverywhere || panel == _starts.Length - 1;

    /// <summary>Three panels of the same lines are named in the last only: there is no room for more, and the colours tell.</summary>
    public static PanelLayout Of(Panel[] panels, int height)
    {
        HashSet<string>[] names = [.. panels.Select(panel => panel.Series.Select(series => series.Name).ToHashSet(StringComparer.Ordinal))];
        bool lastNamesAll = panels.Length > 1 && names.All(some => some.IsSubsetOf(names[^1]));
        int longest = names.SelectMany(some => some).SelectMany(EndLabels.Lines).Select(line => line.Length).DefaultIfEmpty(0).Max();
        int labelWidth = longest == 0 ? Narrow : Math.Clamp(14 + (int)(7.2 * longest), 30, 190);
        return new PanelLayout(panels.Length, height, labelWidth, !lastNamesAll || (panels.Length == 2 && labelWidth < 80));
    }
}
