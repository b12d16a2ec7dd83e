using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Estimators and baselines on a run whose outcome is known beforehand.</summary>
internal static class SingleRun
{
    public static Tensor Surrogate(this GradientEstimator estimator, Tensor losses, AttentionResult attended, Tensor? features = null, Tensor? costs = null) =>
        estimator.Surrogate(_ => new Outcome(losses, attended) { Features = features, Costs = costs });

    /// <summary>What a baseline expects of one run, its costs [B].</summary>
    public static Expectation Expect(this Baseline baseline, Tensor costs, Tensor? features)
    {
        using var one = costs.unsqueeze(0);
        return baseline.forward(new Trial(one, features, _ => throw new InvalidOperationException("No other read is known.")));
    }
}
