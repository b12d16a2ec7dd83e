using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>
/// A small problem whose expected loss can be enumerated: T choices among N locations, R times side by side.
/// ℓ(z₁…z_T) = level + table(z₁…z_T) + 0.3 Σ e_t(z_t)², so that the loss depends on the scores directly, too.
/// </summary>
internal sealed class ChoiceProblem
{
    private const int N = 4;

    private readonly Tensor table;
    private readonly Tensor scores;
    private readonly double level;

    public ChoiceProblem(int steps, int replications = 40_000, double level = 0)
    {
        (Steps, Replications, this.level) = (steps, replications, level);
        table = Draw.Normal(11, [.. Enumerable.Repeat((long)N, steps)]);
        scores = Draw.Normal(12, [steps, N]);
        Features = Draw.Normal(13, [replications, 3]);
    }

    public int Steps { get; }

    public int Replications { get; }

    /// <summary>[R, 3], known before the choice.</summary>
    public Tensor Features { get; }

    /// <summary>How strongly the loss of a replication depends on its first feature.</summary>
    public double FeatureWeight { get; init; }

    /// <summary>∂E[ℓ]/∂e [T, N], by enumeration of all N^T choices.</summary>
    public Tensor ExactGradient()
    {
        using var scope = NewDisposeScope();
        var e = scores.clone().requires_grad_();
        var expected = zeros(1, float64);
        for (var code = 0; code < Math.Pow(N, Steps); code++)
        {
            var z = tensor(Enumerable.Range(0, Steps).Select(t => (long)(code / (int)Math.Pow(N, t) % N)).ToArray(), [1, Steps, 1]);
            var probability = nn.functional.log_softmax(e, -1).gather(-1, z[0]).sum().exp();
            expected += probability * Losses(e.unsqueeze(0), z);
        }

        expected.sum().backward();
        return e.grad!.MoveToOuterDisposeScope();
    }

    /// <summary>The estimates of every replication, [R, T, N].</summary>
    public Tensor Estimates(GradientEstimator estimator, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        using var softmax = new Softmax();
        var e = scores.expand(Replications, Steps, N).clone().requires_grad_();
        var attended = new Sampled().Take(softmax.call(e, null), zeros(Replications, N, 1, float64), generator);
        var losses = Losses(e, attended.Choice!) + FeatureWeight * Features.select(1, 0);
        estimator.Surrogate(losses, attended, Features).backward();
        // The surrogate is a mean: each replication's share is its own estimate, divided by R.
        return (e.grad! * Replications).MoveToOuterDisposeScope();
    }

    /// <summary>How many standard errors the mean estimate is off the exact gradient, at the worst coordinate.</summary>
    public double WorstZ(GradientEstimator estimator, ulong seed)
    {
        using var scope = NewDisposeScope();
        var estimates = Estimates(estimator, seed);
        var standardError = estimates.std(0) / Math.Sqrt(Replications);
        return ((estimates.mean([0]) - ExactGradient()) / standardError).abs().max().ToDouble();
    }

    /// <summary>The variance of one estimate, summed over its coordinates.</summary>
    public double Variance(GradientEstimator estimator, ulong seed)
    {
        using var scope = NewDisposeScope();
        return Estimates(estimator, seed).var(0).sum().ToDouble();
    }

    /// <summary>Lets an estimator learn its baseline on other draws.</summary>
    public void Teach(GradientEstimator estimator, int batches)
    {
        var parameters = estimator.parameters().ToArray();
        using var optimizer = parameters.Length == 0 ? null : optim.Adam(parameters, 0.05);
        for (var batch = 0; batch < batches; batch++)
        {
            optimizer?.zero_grad();
            using (Estimates(estimator, 1000 + (ulong)batch)) optimizer?.step();
        }
    }

    private Tensor Losses(Tensor e, Tensor choice)
    {
        var place = choice.select(1, 0);
        for (var t = 1; t < Steps; t++) place = place * N + choice.select(1, t);
        return level + table.flatten().take(place.squeeze(-1)) + 0.3 * e.gather(-1, choice).squeeze(-1).square().sum(-1);
    }
}
