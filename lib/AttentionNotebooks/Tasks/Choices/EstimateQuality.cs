namespace AttentionNotebooks;

/// <summary>How good a mechanism's estimates of a gradient of P coordinates are.</summary>
/// <param name="Name">What the mechanism is called.</param>
/// <param name="Role">The colour it has in figures.</param>
/// <param name="Runs">How often the model is run for one estimate.</param>
/// <param name="Count">How many estimates were made.</param>
/// <param name="Mean">E g, their mean, P numbers.</param>
/// <param name="Deviations">The standard deviation of one estimate at each coordinate.</param>
/// <param name="Exact">∇, the exact gradient.</param>
public sealed record EstimateQuality(string Name, Role Role, int Runs, long Count, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviations, IReadOnlyList<double> Exact)
{
    /// <summary>The variance of one estimate, summed over its coordinates.</summary>
    public double Variance => Deviations.Sum(deviation => deviation * deviation);

    /// <summary>What one estimate costs: variance × runs. Of two that cost the same, the one with less of it learns from fewer runs.</summary>
    public double VarianceTimesRuns => Variance * Runs;

    /// <summary>‖∇‖.</summary>
    public double Length => Norm(Exact);

    /// <summary>‖∇‖ / √(tr Var g), the signal-to-noise ratio of one estimate.</summary>
    public double SignalToNoise => Length / Math.Sqrt(Variance);

    /// <summary>‖E g − ∇‖ / ‖∇‖: how far off the mean estimate is, as a share of the gradient.</summary>
    public double Bias => Norm(Mean.Zip(Exact, (mean, exact) => mean - exact)) / Length;

    /// <summary>What <see cref="Bias"/> would be by chance alone, √(tr Var g / count) / ‖∇‖.</summary>
    public double BiasByChance => Math.Sqrt(Variance / Count) / Length;

    /// <summary>How many standard errors the mean estimate is off at the worst coordinate; of many coordinates, some are off by 3 by chance.</summary>
    public double WorstZ { get; private init; }

    internal static EstimateQuality Of(string name, Role role, int runs, GradientStatistics statistics, Tensor exact)
    {
        using var scope = torch.NewDisposeScope();
        static double[] Numbers(Tensor tensor) => tensor.to(torch.float64).flatten().cpu().data<double>().ToArray();
        return new EstimateQuality(name, role, runs, statistics.Count, Numbers(statistics.Mean), Numbers(statistics.Deviations), Numbers(exact))
        {
            WorstZ = statistics.ZScores(exact).Max(Math.Abs),
        };
    }

    private static double Norm(IEnumerable<double> numbers) => Math.Sqrt(numbers.Sum(number => number * number));
}
