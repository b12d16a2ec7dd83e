namespace AttentionNotebooks;

/// <summary>Two conditions of an experiment, and what is expected of them.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Ahead">The condition that is expected to be ahead.</param>
/// <param name="Behind">The condition that it is compared with.</param>
/// <param name="Metric">What is measured, in the usual mode of each condition.</param>
/// <param name="Least">δ, the smallest effect that matters, in units of the metric; see <see cref="PairedEffect.Judge"/>.</param>
public sealed record Comparison(string Experiment, string Ahead, string Behind, string Metric, double Least)
{
    /// <summary>Whether less of the metric is better: an error rate.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>What is measured of the condition that is compared with; null for the same metric.</summary>
    public string? BehindMetric { get; init; }

    /// <summary>The evaluation mode of both; null for the usual one of each.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether steadiness is compared: not the metric, but how far each seed is from its condition's median, less being better (Brown &amp; Forsythe 1974).</summary>
    public bool Spread { get; init; }

    /// <summary>The difference, seed by seed, in the direction of what is expected.</summary>
    /// <param name="rows">The rows of the experiment.</param>
    /// <param name="confidence">That of the interval.</param>
    public PairedEffect Of(IReadOnlyList<ResultRow> rows, double confidence)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (ahead, behind) = (Values(rows, Ahead, Metric), Values(rows, Behind, BehindMetric ?? Metric));
        var sign = LowerIsBetter || Spread ? -1 : 1;
        return new PairedEffect([.. ahead.Keys.Intersect(behind.Keys).Order().Select(seed => sign * (ahead[seed] - behind[seed]))], confidence);
    }

    /// <summary>What is measured, in words, without the experiment.</summary>
    public string Measured => BehindMetric is null
        ? $"{(Spread ? "steadiness of " : "")}{Metric}, {Ahead} over {Behind}"
        : $"{Ahead} in {Metric} over {Behind} in {BehindMetric}";

    /// <inheritdoc/>
    public override string ToString() => $"{Experiment}: {Measured}";

    private Dictionary<long, double> Values(IReadOnlyList<ResultRow> rows, string condition, string metric)
    {
        var values = rows.Where(row => row.Condition == condition && row.Profile == RunProfile.Quick)
            .Select(row => (row.Seed, Value: (Mode is null ? row.Results.First().Value : row.Results.GetValueOrDefault(Mode))?.GetValueOrDefault(metric)))
            .Where(row => row.Value is not null)
            .ToDictionary(row => row.Seed, row => row.Value!.Value);
        if (!Spread || values.Count == 0) return values;
        var median = MathNet.Numerics.Statistics.Statistics.Median(values.Values);
        return values.ToDictionary(value => value.Key, value => Math.Abs(value.Value - median));
    }
}
