using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>
/// A matrix as colours, its first row on top: an alignment of words with words, a Jacobian, a spectrogram under the steps that read it.
/// Zero is transparent, the largest is the full colour of attention maps; where there are negative values, they have a colour of their own.
/// </summary>
/// <param name="rowName">What the rows are; empty for no name.</param>
/// <param name="columnName">What the columns are; empty for no name.</param>
/// <param name="values">[rows, columns]; a value that is not a number leaves its cell empty.</param>
public sealed class HeatMap(string rowName, string columnName, float[,] values) : Figure
{
    private const int Axis = 30, Letter = 8, MostPerCell = 30, LeastPerCell = 3, MostHeight = 460;

    // Longer names than their column is wide lean over.
    private const double Leaning = 0.75;

    private readonly float[,] _values = values ?? throw new ArgumentNullException(nameof(values));

    /// <summary>The names of the rows; none for numbers.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>The names of the columns; none for numbers.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What a value is called.</summary>
    public string ValueName { get; init; } = "attention weight α";

    /// <summary>The size of a value at the full end of the scale; the largest there is unless given.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether each value stands in its cell, unless it is as good as 0.</summary>
    public bool Written { get; init; }

    /// <summary>Whether the first row is at the bottom instead, as frequencies are drawn.</summary>
    public bool Upwards { get; init; }

    /// <summary>Cells to frame: where the truth lies. Those side by side in a row share a frame.</summary>
    public IReadOnlyList<(int Row, int Column)> Marks { get; init; } = [];

    internal override FigureSize Size => new(FigureSize.ColumnWidth, Height, Math.Max(300, Math.Min(FigureSize.ColumnWidth, Left + (ColumnCount * (Written ? 34 : LeastPerCell)))), KeepsShape: false);

    private int RowCount => _values.GetLength(0);

    private int ColumnCount => _values.GetLength(1);

    private double Full => Maximum ?? Math.Max(1e-9, _values.Cast<float>().Where(float.IsFinite).Select(value => Math.Abs((double)value)).DefaultIfEmpty(1).Max());

    // A thousandth of the scale: no eye sees less.
    private int Decimals => Math.Clamp(3 - (int)Math.Floor(Math.Log10(Full)), 0, 15);

    private bool HasNegative => _values.Cast<float>().Any(value => value < 0);

    private int Left => (rowName.Length > 0 ? Axis : 8) + (Letter * Longest(Rows, 3)) + 8;

    private bool Leans => Letter * Longest(Columns, 0) > PerColumn;

    private double PerColumn => (FigureSize.ColumnWidth - Left - 20.0) / Math.Max(1, ColumnCount);

    private int Bottom => (columnName.Length > 0 ? Axis : 8) + (Leans ? (int)(Leaning * Letter * Longest(Columns, 0)) + 12 : 22);

    private int PerRow => Math.Clamp(MostHeight / Math.Max(1, RowCount), LeastPerCell, MostPerCell);

    private int Height => 34 + Bottom + Math.Min(MostHeight, RowCount * PerRow);

    /// <summary>Values one row after the other, as a matrix.</summary>
    /// <param name="values">The values.</param>
    /// <param name="rows">How many rows they make.</param>
    /// <exception cref="ArgumentException">They do not fill that many rows.</exception>
    public static float[,] Matrix(IReadOnlyList<float> values, int rows)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (values.Count % rows != 0) throw new ArgumentException($"{values.Count} values do not fill {rows} rows.", nameof(values));
        var matrix = new float[rows, values.Count / rows];
        Buffer.BlockCopy(values.ToArray(), 0, matrix, 0, values.Count * sizeof(float));
        return matrix;
    }

    /// <inheritdoc/>
    public override GenericChart ToChart() => PlotlyChart.Combine([Cells()], PlotlyChart.Layout(new
    {
        showlegend = false,
        hovermode = "closest",
        dragmode = false,
        margin = new { l = Left, r = 20, t = 34, b = Bottom },
        xaxis = Names(Columns, ColumnCount, columnName, [-0.5, ColumnCount - 0.5], Leans ? -50 : 0),
        yaxis = Names(Rows, RowCount, rowName, Upwards ? [-0.5, RowCount - 0.5] : [RowCount - 0.5, -0.5], 0),
        shapes = Frames(),
        annotations = new object[] { new { text = PlotlyChart.Label(Scale()), xref = "paper", x = 0, xanchor = "left", yref = "paper", y = 1, yanchor = "bottom", yshift = 8, showarrow = false } },
    }));

    /// <inheritdoc/>
    public override IEnumerable<string> Describe()
    {
        yield return $"{ValueName} for {RowCount} {(rowName.Length > 0 ? rowName : "rows")} and {ColumnCount} {(columnName.Length > 0 ? columnName : "columns")}, up to {PlotlyChart.Text(Full)}";
        if (Rows.Count == 0 || Columns.Count == 0) yield break;
        for (int row = 0; row < RowCount; row++)
        {
            int most = Enumerable.Range(0, ColumnCount).MaxBy(column => float.IsNaN(_values[row, column]) ? float.NegativeInfinity : _values[row, column]);
            if (float.IsFinite(_values[row, most]))
                yield return $"{Rows[row]}: most at {Columns[most]}, {PlotlyChart.Text(_values[row, most])}";
        }
    }

    private string Scale() => HasNegative
        ? $"{ValueName}: blue below zero, orange above, full colour at ±{PlotlyChart.Text(Full)}"
        : $"{ValueName}: no colour at 0, full colour at {PlotlyChart.Text(Full)}";

    private Trace Cells()
    {
        IEnumerable<int> columns = Enumerable.Range(0, ColumnCount);
        var rows = Enumerable.Range(0, RowCount).Select(row => columns.Select(column => (double)_values[row, column]).ToArray()).ToArray();
        return PlotlyChart.Trace("heatmap", new
        {
            z = rows.Select(row => row.Select(value => PlotlyChart.Number(Math.Round(value, Decimals)))),
            text = Written ? rows.Select(row => row.Select(Text)) : null,
            texttemplate = Written ? "%{text}" : null,
            textfont = Written ? new { size = 12, color = Palette.Exact } : null,
            zmin = HasNegative ? -Full : 0,
            zmax = Full,
            colorscale = HasNegative
                ? new object[] { new object[] { 0, Palette.Faint(Palette.Negative, 1) }, new object[] { 0.5, Palette.Faint(Palette.Negative, 0) }, new object[] { 0.5, Palette.Faint(Palette.Attention, 0) }, new object[] { 1, Palette.Faint(Palette.Attention, 1) } }
                : [new object[] { 0, Palette.Faint(Palette.Attention, 0) }, new object[] { 1, Palette.Faint(Palette.Attention, 1) }],
            showscale = false,
            xgap = PerColumn > 8 ? 1 : 0,
            ygap = PerRow > 8 ? 1 : 0,
            hoverongaps = false,
            hovertemplate = "%{z:.2f}<extra></extra>",
        });
    }

    // What is as good as 0, or no number, is not written.
    private static string Text(double value) => double.IsFinite(value) && value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) is var text && text.TrimStart('-') is not "0.00" ? text : "";

    private IEnumerable<object> Frames() =>
        from mark in Marks
        where !Marks.Contains((mark.Row, mark.Column - 1))
        let length = Enumerable.Range(mark.Column, ColumnCount).TakeWhile(column => Marks.Contains((mark.Row, column))).Count()
        select new
        {
            type = "rect",
            x0 = mark.Column - 0.5,
            x1 = mark.Column + length - 0.5,
            y0 = mark.Row - 0.5,
            y1 = mark.Row + 0.5,
            line = new { color = Palette.Exact, width = 1.5, dash = "dot" },
        };

    private static object Names(IReadOnlyList<string> names, int count, string name, double[] range, int angle) => new
    {
        range,
        fixedrange = true,
        showgrid = false,
        zeroline = false,
        title = name.Length == 0 ? null : new { text = PlotlyChart.Label(name), standoff = 8 },
        tickvals = names.Count == 0 ? null : Enumerable.Range(0, count),
        ticktext = names.Count == 0 ? null : names.Select(PlotlyChart.Label),
        tickangle = angle,
        nticks = names.Count == 0 ? 9 : (int?)null,
    };

    private static int Longest(IReadOnlyList<string> names, int otherwise) => names.Count == 0 ? otherwise : names.Max(name => name.Length);
}
