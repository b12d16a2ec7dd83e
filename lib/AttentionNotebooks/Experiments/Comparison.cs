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

    /// <summary>Whether speed is compared: not what a test gives in the end, but the mean of the metric on the way, as training reports it, over as many steps or seconds as both have; null for the end.</summary>
    public Pace? Per { get; init; }

    /// <summary>The difference, seed by seed, in the direction of what is expected.</summary>
    /// <param name="rows">The rows of the experiment.</param>
    /// <param name="confidence">That of the interval.</param>
    public PairedEffect Of(IReadOnlyList<ResultRow> rows, double confidence)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (Per is { } pace) return new PairedEffect([.. OnTheWay(rows, pace)], confidence);
        var (ahead, behind) = (Values(rows, Ahead, Metric), Values(rows, Behind, BehindMetric ?? Metric));
        var sign = LowerIsBetter || Spread ? -1 : 1;
        return new PairedEffect([.. ahead.Keys.Intersect(behind.Keys).Order().Select(seed => sign * (ahead[seed] - behind[seed]))], confidence);
    }

    /// <summary>What is measured, in words, without the experiment.</summary>
    public string Measured => BehindMetric is null
        ? $"{(Spread ? "steadiness of " : "")}{Metric}{(Per is null ? "" : Per == Pace.Second ? " while learning, by the second" : " while learning, by the step")}, {Ahead} over {Behind}"
        : $"{Ahead} in {Metric} over {Behind} in {BehindMetric}";

    /// <inheritdoc/>
    public override string ToString() => $"{Experiment}: {Measured}";

    private IEnumerable<double> OnTheWay(IReadOnlyList<ResultRow> rows, Pace pace)
    {
        var (ahead, behind) = (Curves(rows, Ahead), Curves(rows, Behind));
        foreach (var seed in ahead.Keys.Intersect(behind.Keys).Order())
        {
            var both = Math.Min(ahead[seed].Length(pace), behind[seed].Length(pace));
            if (ahead[seed].Mean(Metric, pace, both) - behind[seed].Mean(Metric, pace, both) is { } difference) yield return LowerIsBetter ? -difference : difference;
        }
    }

    private static Dictionary<long, LearningCurve> Curves(IReadOnlyList<ResultRow> rows, string condition) =>
        Of(rows, condition).Where(row => row.Curve is not null).ToDictionary(row => row.Seed, row => row.Curve!);

    private static IEnumerable<ResultRow> Of(IReadOnlyList<ResultRow> rows, string condition) => rows.Where(row => row.Condition == condition && row.Profile == RunProfile.Quick);

    private Dictionary<long, double> Values(IReadOnlyList<ResultRow> rows, string condition, string metric)
    {
        var values = Of(rows, condition)
            .Select(row => (row.Seed, Value: (Mode is null ? row.Results.First().Value : row.Results.GetValueOrDefault(Mode))?.GetValueOrDefault(metric)))
            .Where(row => row.Value is not null)
            .ToDictionary(row => row.Seed, row => row.Value!.Value);
        if (!Spread || values.Count == 0) return values;
        var median = MathNet.Numerics.Statistics.Statistics.Median(values.Values);
        return values.ToDictionary(value => value.Key, value => Math.Abs(value.Value - median));
    }
}
