using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>
/// A small problem whose expected loss can be enumerated: T choices among N locations, R times side by side.
/// The values are the unit vectors, so what was read, c_t, is the choice itself, or a mixture:
/// ℓ(c₁…c_T) = level + table(c₁…c_T) + 0.3 Σ (e_t·c_t)², so that the loss depends on the scores directly, too, and is not linear in a mixture.
/// </summary>
internal sealed class ChoiceProblem
{
    public const int N = 4;

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

    /// <summary>How often the model was run for the last estimates.</summary>
    public int Runs { get; private set; }

    /// <summary>Gates in place of one location.</summary>
    public bool Gated { get; init; }

    /// <summary>The read that is trained.</summary>
    public Read Read { get; init; } = new Sampled();

    /// <summary>Whether one act of attention follows on another, instead of T steps in one.</summary>
    public bool OneByOne { get; init; }

    /// <summary>The gradient at the scores [T, N] of a function of what all choices cost and how likely they are, by enumeration.</summary>
    /// <param name="objective">From log p [C] and ℓ [C], over all C choices, to a scalar; null for the expected loss.</param>
    public Tensor ExactGradient(Func<Tensor, Tensor, Tensor>? objective = null)
    {
        using var scope = NewDisposeScope();
        var e = scores.clone().requires_grad_();
        var choices = (Gated ? Masks() : OneHots()).ToArray();
        var logProbabilities = stack([.. choices.Select(choice => LogProbability(e, choice))]);
        var losses = stack([.. choices.Select(choice => Losses(e.unsqueeze(0), choice.unsqueeze(0)).squeeze(0))]);
        (objective ?? ((log, loss) => (log.exp() * loss).sum()))(logProbabilities, losses).backward();
        return e.grad!.MoveToOuterDisposeScope();
    }

    /// <summary>The estimates of every replication, [R, T, N].</summary>
    public Tensor Estimates(GradientEstimator estimator, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        var e = scores.expand(Replications, Steps, N).clone().requires_grad_();
        Runs = 0;
        estimator.Surrogate(read => Run(e, read ?? Read, generator)).backward();
        // The surrogate is a mean: each replication's share is its own estimate, divided by R.
        return (e.grad! * Replications).MoveToOuterDisposeScope();
    }

    /// <summary>How many standard errors the mean estimate is off the exact gradient, at the worst coordinate.</summary>
    public double WorstZ(GradientEstimator estimator, ulong seed, Func<Tensor, Tensor, Tensor>? objective = null)
    {
        using var scope = NewDisposeScope();
        using var statistics = new GradientStatistics();
        statistics.Add(Estimates(estimator, seed));
        return statistics.ZScores(ExactGradient(objective)).Max(Math.Abs);
    }

    /// <summary>The variance of one estimate, summed over its coordinates.</summary>
    public double Variance(GradientEstimator estimator, ulong seed)
    {
        using var scope = NewDisposeScope();
        return Estimates(estimator, seed).var(0).sum().ToDouble();
    }

    /// <summary>Lets an estimator learn its baseline or its control variate on other draws.</summary>
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

    private Outcome Run(Tensor e, Read read, Generator generator)
    {
        Runs++;
        using var scope = NewDisposeScope();
        using Distribution distribution = Gated ? new Sigmoid() : new Softmax();
        var values = eye(N, dtype: float64).expand(Replications, N, N);
        var attended = (OneByOne ? e.split(1, 1) : [e]).Select(scores => read.Take(distribution.call(scores, null), values, generator)).ToArray();
        var losses = Losses(e, cat([.. attended.Select(result => result.Context)], 1)) + FeatureWeight * Features.select(1, 0);
        foreach (var result in attended) result.MoveToOuterDisposeScope();
        var outcome = new Outcome(losses.MoveToOuterDisposeScope(), attended) { Features = Features };
        outcome.LogProbability?.MoveToOuterDisposeScope();
        outcome.Entropy?.MoveToOuterDisposeScope();
        return outcome;
    }

    // c [R, T, N].
    private Tensor Losses(Tensor e, Tensor contexts)
    {
        var looked = table;
        // Σ over the last index with the last step's context, and so on: table(c₁…c_T).
        var sum = looked.matmul(contexts.select(1, Steps - 1).transpose(0, 1));
        for (var t = Steps - 2; t >= 0; t--) sum = (sum * contexts.select(1, t).transpose(0, 1)).sum(-2);
        return level + sum + 0.3 * (e * contexts).sum(-1).square().sum(-1);
    }

    private IEnumerable<Tensor> OneHots()
    {
        var count = (int)Math.Pow(N, Steps);
        for (var code = 0; code < count; code++)
            yield return stack([.. Enumerable.Range(0, Steps).Select(t => eye(N, dtype: float64)[code / (int)Math.Pow(N, t) % N])]);
    }

    private IEnumerable<Tensor> Masks()
    {
        for (var code = 0; code < 1 << (N * Steps); code++)
            yield return tensor(Enumerable.Range(0, N * Steps).Select(bit => (double)(code >> bit & 1)).ToArray(), [Steps, N]);
    }

    private Tensor LogProbability(Tensor e, Tensor choice) => Gated
        ? (choice * e - e.exp().log1p()).sum()
        : (choice * (e - e.exp().sum(-1, keepdim: true).log())).sum();
}
