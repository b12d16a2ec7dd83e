using System.Globalization;
using MathNet.Numerics.Statistics;

namespace AttentionNotebooks;

/// <summary>What one condition has over another, seed by seed: both were trained from the same seeds, so that what a seed brings is in both and drops out.</summary>
/// <param name="Differences">A difference for each seed that both have.</param>
/// <param name="Confidence">How often an interval made in this way holds the true mean, in (0, 1).</param>
public sealed record PairedEffect(IReadOnlyList<double> Differences, double Confidence = 0.95)
{
    private const int Resamples = 10_000;
    private const ulong Stream = 0xB007;

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
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:+0.000;−0.000} [{Low:+0.000;−0.000}, {High:+0.000;−0.000}], {Seeds} seeds");

    // The bootstrap-t interval (Efron & Tibshirani 1993, §12.5): d̄ − t*₁₋ₐ s/√n … d̄ − t*ₐ s/√n, with t* = (d̄* − d̄) / (s*/√n).
    // It keeps its promise for few seeds, where percentiles of the means themselves are too narrow.
    private static (double Low, double High) IntervalOf(double[] differences, double confidence)
    {
        if (confidence is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        if (differences.Length < 3) return (double.NegativeInfinity, double.PositiveInfinity);
        var (mean, error) = (differences.Mean(), StandardError(differences));
        // All seeds say the same: there is nothing that resampling could vary.
        if (error == 0) return (mean, mean);
        var t = Studentised(differences, mean);
        var tail = (1 - confidence) / 2;
        return (mean - Quantile(t, 1 - tail) * error, mean - Quantile(t, tail) * error);
    }

    private static double[] Studentised(double[] differences, double mean)
    {
        var random = new SplitMix64((ulong)differences.Length, Stream, 0);
        var sample = new double[differences.Length];
        var t = new double[Resamples];
        for (var b = 0; b < Resamples; b++)
        {
            for (var i = 0; i < sample.Length; i++) sample[i] = differences[random.Below(differences.Length)];
            // A sample of one seed alone has no error; infinitely far off is the cautious reading.
            var (distance, error) = (sample.Mean() - mean, StandardError(sample));
            t[b] = error > 0 ? distance / error : Math.Sign(distance) * double.MaxValue;
        }

        Array.Sort(t);
        return t;
    }

    private static double StandardError(double[] sample) => sample.StandardDeviation() / Math.Sqrt(sample.Length);

    private static double Quantile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Round(share * (sorted.Length - 1)), 0, sorted.Length - 1)];
}
