using System.Globalization;

namespace AttentionNotebooks;

/// <summary>Tables and charts of what estimators measure on a small choice.</summary>
public static class ChoiceReport
{
    /// <summary>The metric of a choice in training: L, exact, over all that might have been drawn.</summary>
    public const string ExpectedLoss = "expected loss";

    /// <summary>The same without what no choice can save: L − minₙ ℓₙ.</summary>
    public const string AboveTheBest = "expected loss above the best";

    /// <summary>How likely the best location is to be taken, the mean over the examples.</summary>
    public const string BestPlace = "on the best place";

    /// <summary>Bias, variance and what they cost, a row a mechanism.</summary>
    /// <param name="qualities">What was measured.</param>
    public static Table Qualities(IReadOnlyList<EstimateQuality> qualities)
    {
        ArgumentNullException.ThrowIfNull(qualities);
        var table = new Table("estimator", "z", "bias", "chance", "variance", "signal", "runs", "× runs")
        {
            Caption = Text($"{qualities.Max(quality => quality.Count):N0} estimates each. z: the bias at the worst score, in standard errors. Bias: ‖E g − ∇‖ as a share of ‖∇‖; chance: what it would be by chance alone. Signal: ‖∇‖ / √variance. × runs: variance times runs of the model."),
        };
        foreach (var quality in qualities)
        {
            table.Row(
                quality.Name.Replace(' ', '\u00A0'), double.IsInfinity(quality.WorstZ) ? "∞" : Text($"{quality.WorstZ:F1}"),
                Share(quality.Bias), Share(quality.BiasByChance), Number(quality.Variance), Ratio(quality.SignalToNoise), $"{quality.Runs}", Number(quality.VarianceTimesRuns));
        }

        return table;
    }

    /// <summary>Bias against variance × runs: what is good lies low and left.</summary>
    /// <param name="qualities">What was measured.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">The sentence under it.</param>
    public static PointChart BiasAndVariance(IEnumerable<EstimateQuality> qualities, string title, string caption) =>
        new("variance × runs", "bias, as a share of the gradient", qualities.Select(Point))
        {
            LogX = true,
            PercentY = true,
            // Room for the names of those without bias.
            YFrom = -0.15,
            Height = 440,
            Title = title,
            Caption = caption,
        };

    /// <summary>The mean estimate at each score, with a band of one standard deviation of a single estimate, beside the exact gradient.</summary>
    /// <param name="quality">What was measured, on a choice of one example.</param>
    /// <param name="reach">Where the axis ends, on both sides of 0: give the figures of a sequence the same.</param>
    public static LineChart Spread(EstimateQuality quality, double reach)
    {
        ArgumentNullException.ThrowIfNull(quality);
        double[] places = [.. Enumerable.Range(1, quality.Mean.Count).Select(n => (double)n)];
        // A band needs more than five runs; three at each edge have the mean in their middle.
        var edges = Enumerable.Range(0, 6).Select(run => quality.Mean.Zip(quality.Deviations, (mean, deviation) => mean + (run < 3 ? deviation : -deviation)));
        return new LineChart("location", new Panel("gradient at its score", new Series("exact", Role.Exact, places, quality.Exact), new Series("mean ± one deviation", quality.Role, places, edges)) { From = -reach, To = reach })
        {
            Markers = true,
        };
    }

    private static Point Point(EstimateQuality quality) => new(quality.Name, quality.Role, quality.VarianceTimesRuns, quality.Bias)
    {
        Interval = (Math.Max(0, quality.Bias - 2 * quality.BiasByChance), quality.Bias + 2 * quality.BiasByChance),
    };

    private static string Number(double value) => value < 1e-20 ? "0" : value.ToString(value < 0.001 ? "0.0E+0" : "0.000", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value > 1e6 ? "∞" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Share(double share) => Text($"{100 * share:F1}\u00A0%");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
