using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace AttentionNotebooks;

/// <summary>What one condition has over another, seed by seed: both were trained from the same seeds, so that what a seed brings to both drops out.</summary>
/// <param name="Differences">A difference for each seed that both have.</param>
/// <param name="Confidence">How often an interval made in this way holds the true mean, in (0, 1).</param>
public sealed record PairedEffect(IReadOnlyList<double> Differences, double Confidence = 0.95)
{
    private const int Resamples = 20_000, FewestToResample = 8;
    private const ulong Stream = 0xB007;
    private const string Signed = "+0.000;−0.000;0.000";

    private readonly (double Low, double High) interval = IntervalOf([.. Differences], Confidence);

    /// <summary>n, the number of seeds.</summary>
    public int Seeds => Differences.Count;

    /// <summary>d̄, the mean difference; not a number where there is no seed.</summary>
    public double Mean => Seeds == 0 ? double.NaN : Differences.Average();

    /// <summary>The lower end of the interval; −∞ where there are fewer than three seeds.</summary>
    public double Low => interval.Low;

    /// <summary>The upper end of the interval; ∞ where there are fewer than three seeds.</summary>
    public double High => interval.High;

    /// <summary>What it says, if an effect is expected of at least so much.</summary>
    /// <param name="least">δ, the smallest effect that matters. Positive: the first condition is expected to be ahead, supported where the interval lies above 0 and the mean is at least δ. Negative: it is expected not to be further behind, supported where the interval lies above δ. Either way the opposite is known where the interval lies below δ.</param>
    public Verdict Judge(double least)
    {
        if (High < least) return Verdict.NotSupported;
        return Low > Math.Min(0, least) && Mean >= least ? Verdict.Supported : Verdict.Undecided;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean.ToString(Signed, CultureInfo.InvariantCulture)} [{Low.ToString(Signed, CultureInfo.InvariantCulture)}, {High.ToString(Signed, CultureInfo.InvariantCulture)}], {Seeds} seeds");

    private static (double Low, double High) IntervalOf(double[] differences, double confidence)
    {
        if (confidence is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        var n = differences.Length;
        if (n < 3) return (double.NegativeInfinity, double.PositiveInfinity);
        var t = StudentT.InvCDF(0, 1, n - 1, (1 + confidence) / 2);
        // So few have too few different samples among themselves: d̄ ± t s / √n.
        if (n < FewestToResample) return Around(differences.Mean(), t * differences.StandardDeviation() / Math.Sqrt(n));
        // Percentiles of the bootstrap means, as far out as t is wider than the normal, and a sample wider than its own spread:
        // the expanded percentile interval, a = Φ(−t √(n / (n − 1)))   Hesterberg 2015, §4.2
        var tail = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -t * Math.Sqrt(n / (n - 1.0)));
        var means = Means(differences);
        return (QuantileInplace(means, tail), QuantileInplace(means, 1 - tail));
    }

    private static (double Low, double High) Around(double mean, double reach) => (mean - reach, mean + reach);

    private static double[] Means(double[] differences)
    {
        var random = new SplitMix64((ulong)differences.Length, Stream, 0);
        var means = new double[Resamples];
        for (var b = 0; b < Resamples; b++)
        {
            for (var i = 0; i < differences.Length; i++) means[b] += differences[random.Below(differences.Length)];
            means[b] /= differences.Length;
        }

        return means;
    }

    // Two of so many are found, not all sorted; orders count from 1.
    private static double QuantileInplace(double[] means, double share) => ArrayStatistics.OrderStatisticInplace(means, 1 + (int)Math.Round(share * (means.Length - 1)));
}
