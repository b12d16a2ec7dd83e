using System.Globalization;
using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>A share of so many trials, with how sure we can be of it.</summary>
/// <param name="Value">The share, in 0..1.</param>
/// <param name="Trials">How many trials it comes from, at least 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Proportion(double Value, long Trials)
{
    private const double Z = 1.959963984540054;

    /// <summary>The lower end of the 95 % score interval (Wilson 1927).</summary>
    public double Low => Math.Max(0, Centre - HalfWidth);

    /// <summary>The upper end of the 95 % score interval (Wilson 1927).</summary>
    public double High => Math.Min(1, Centre + HalfWidth);

    private double Shrinkage => 1 + Z * Z / Trials;

    private double Centre => (Value + Z * Z / (2 * Trials)) / Shrinkage;

    private double HalfWidth => Z / Shrinkage * Math.Sqrt(Value * (1 - Value) / Trials + Z * Z / (4.0 * Trials * Trials));

    /// <summary>The share in percent, to a tenth.</summary>
    public string Percent => Tenth(Value) + " %";

    /// <summary>The share and its interval, in percent.</summary>
    public override string ToString() => $"{Percent} [{Tenth(Low)}, {Tenth(High)}]";

    // In decimal, so that 0.9455 rounds as it reads, and as charts round it.
    private static string Tenth(double share) => (100 * (decimal)share).ToString("F1", CultureInfo.InvariantCulture);
}
