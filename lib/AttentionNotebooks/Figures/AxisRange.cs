namespace AttentionNotebooks;

/// <summary>From where to where an axis goes.</summary>
internal readonly record struct AxisRange(double From, double To, bool Log)
{
    /// <summary>What plotly.js calls the range: powers of ten on a logarithmic axis.</summary>
    public double[] Axis => Log ? [Math.Log10(From), Math.Log10(To)] : [From, To];

    /// <summary>Which ticks a logarithmic axis has: 1, 2, 5 in every decade while they have room.</summary>
    public object? LogTicks => !Log ? null : Axis[1] - Axis[0] > 3.5 ? 1 : "D2";

    /// <summary>A place on the axis as plotly.js counts it.</summary>
    public double Place(double value) => Log ? Math.Log10(value) : value;

    /// <summary>How far along the axis a value lies, from 0 to 1.</summary>
    public double Fraction(double value) => (Place(value) - Axis[0]) / (Axis[1] - Axis[0]);

    /// <summary>The range of the values, widened by a share of itself where an end is not given.</summary>
    public static AxisRange Of(IEnumerable<double> values, double? from, double? to, bool log, double padding)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsFinite(value) || (log && value <= 0))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (low > high)
            (low, high) = log ? (1, 10) : (0, 1);
        (low, high) = Widened(low, high, log, padding);
        return Ordered(from ?? low, to ?? high, log);
    }

    private static (double Low, double High) Widened(double low, double high, bool log, double padding)
    {
        if (log)
        {
            double factor = Math.Pow(high / low, padding);
            return (low / factor, high * factor);
        }

        double margin = padding * (high - low);
        return (low - margin, high + margin);
    }

    private static AxisRange Ordered(double from, double to, bool log)
    {
        if (to > from)
            return new AxisRange(from, to, log);
        return log ? new AxisRange(from / 2, from * 2, log) : new AxisRange(from, from + Math.Max(1e-3, Math.Abs(from) * 0.1), log);
    }
}
