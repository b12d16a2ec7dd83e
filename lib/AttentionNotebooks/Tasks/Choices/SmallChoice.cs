namespace AttentionNotebooks;

/// <summary>
/// A choice so small that every way to make it can be tried: the scores of N locations, what is read at each, and what a reading costs.
/// So its expected loss L = Σₙ αₙ ℓₙ and the gradient at the scores are known exactly, and what an estimator says of them can be measured.
/// </summary>
/// <remarks>α = softmax(e). There may be B examples, each with a choice of its own.</remarks>
public sealed class SmallChoice : IDisposable
{
    // How many numbers are copied at once where all values are read.
    private const long Chunk = 1 << 20;

    private readonly Tensor values;
    private readonly Tensor costs;
    private readonly Tensor features;
    private readonly Func<Tensor, Tensor> losses;
    private readonly Tensor[] held;

    /// <summary>Makes a choice; the tensors are copied.</summary>
    /// <param name="scores">e [B, N], of any floating dtype.</param>
    /// <param name="values">v [B, N, D], of the same.</param>
    /// <param name="losses">ℓ, from what was read in M tries, c [M, B, D], to its cost [M, B]; differentiable, for reads that mix.</param>
    /// <param name="features">[B, F], what is known before the choice; null for nothing but a 1.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public SmallChoice(Tensor scores, Tensor values, Func<Tensor, Tensor> losses, Tensor? features = null) : this(scores, values, losses, features, [])
    {
    }

    internal SmallChoice(Tensor scores, Tensor values, Func<Tensor, Tensor> losses, Tensor? features, Tensor[] held)
    {
        Shape.Require(scores, nameof(scores), "B", "N");
        Shape.Require(values, nameof(values), scores.shape[0], scores.shape[1], "D");
        ArgumentNullException.ThrowIfNull(losses);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var each = losses(values.transpose(0, 1));
        Shape.Require(each, nameof(losses), scores.shape[1], scores.shape[0]);
        (this.losses, this.held) = (losses, held);
        Scores = scores.detach().clone().DetachFromDisposeScope();
        this.values = values.detach().clone().DetachFromDisposeScope();
        costs = each.transpose(0, 1).clone().DetachFromDisposeScope();
        this.features = (features?.detach().clone() ?? torch.ones([scores.shape[0], 1], scores.dtype, scores.device)).DetachFromDisposeScope();
    }

    /// <summary>e [B, N].</summary>
    public Tensor Scores { get; }

    /// <summary>ℓ [B, N], what each location costs.</summary>
    public Tensor Losses => costs;

    /// <summary>A choice of one example whose values are numbers, in float64.</summary>
    /// <param name="scores">e, N of them.</param>
    /// <param name="values">v, as many.</param>
    /// <param name="loss">ℓ, from what was read, a tensor of any shape, to its cost, of the same shape.</param>
    public static SmallChoice OfNumbers(double[] scores, double[] values, Func<Tensor, Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(values);
        using var scope = torch.NewDisposeScope();
        return new SmallChoice(torch.tensor(scores, [1, scores.Length]), torch.tensor(values, [1, values.Length, 1]), read => loss(read).squeeze(-1));
    }

    /// <summary>α = softmax(e), [B, N].</summary>
    public Tensor Weights() => Scores.softmax(-1);

    /// <summary>L = Σₙ αₙ ℓₙ, the mean over the examples.</summary>
    public double ExpectedLoss() => ExpectedLoss(Scores);

    /// <summary>The exact gradient at the scores, ∂L/∂eₙ = αₙ (ℓₙ − L), [B, N]: each example's own.</summary>
    public Tensor Gradient()
    {
        using var scope = torch.NewDisposeScope();
        var weights = Weights();
        return (weights * (costs - (weights * costs).sum(-1, keepdim: true))).MoveToOuterDisposeScope();
    }

    /// <summary>Independent estimates of the gradient at the scores.</summary>
    /// <param name="estimator">How they are made; where it learns, its parameters get gradients.</param>
    /// <param name="read">How the choice is read.</param>
    /// <param name="count">R, how many.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>[R, B, N].</returns>
    public Tensor Estimates(GradientEstimator estimator, Read read, int count, Generator generator) => Estimate(estimator, read, count, generator).Estimates;

    /// <summary>Measures a mechanism's estimates against the exact gradient, after what it learns (a baseline, a control variate) was taught on other draws.</summary>
    /// <param name="mechanism">The read and the estimator; α is the softmax of the scores, whatever its own distribution is.</param>
    /// <param name="count">How many estimates.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <param name="lessons">How many batches it is taught by, where there is anything to learn.</param>
    public EstimateQuality Measure(Mechanism mechanism, int count, Generator generator, int lessons = 200)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var estimator = Make(mechanism, generator);
        var read = mechanism.Read();
        Teach(estimator, read, lessons, generator);
        using var statistics = new GradientStatistics();
        var (chunk, runs) = ((int)Math.Clamp(Chunk / values.numel(), 1, count), 0);
        while (statistics.Count < count)
        {
            using var chunkScope = torch.NewDisposeScope();
            (var estimates, runs) = Estimate(estimator, read, (int)Math.Min(chunk, count - statistics.Count), generator);
            statistics.Add(estimates);
        }

        return EstimateQuality.Of(mechanism.Name, mechanism.Role, runs, statistics, Gradient());
    }

    /// <summary>The choice as something to train: its scores are all there is to learn, from where they are now. A batch is so many tries of it.</summary>
    /// <param name="mechanism">The read and the estimator.</param>
    /// <param name="options">How it is trained.</param>
    public Contender Contender(Mechanism mechanism, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return new Contender(mechanism.Name, mechanism.Role, options, generator => new ChoiceLearner(this, mechanism, generator));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Scores, values, costs, features, .. held]) tensor.Dispose();
    }

    /// <summary>A mechanism's estimator, with weights drawn from the generator.</summary>
    internal GradientEstimator Make(Mechanism mechanism, Generator generator)
    {
        var estimator = mechanism.Estimator(features.shape[1]);
        Initialization.Draw(estimator, generator);
        estimator.to(Scores.dtype);
        return estimator;
    }

    /// <summary>What the best location of each example costs, the mean over the examples.</summary>
    internal double LeastLoss()
    {
        using var scope = torch.NewDisposeScope();
        return costs.amin([-1]).mean().ToDouble();
    }

    /// <summary>How likely the best location is at other scores [B, N], the mean over the examples.</summary>
    internal double OnTheBest(Tensor scores)
    {
        using var scope = torch.NewDisposeScope();
        return scores.detach().softmax(-1).gather(-1, costs.argmin(-1, keepdim: true)).mean().ToDouble();
    }

    /// <summary>L at other scores [B, N].</summary>
    internal double ExpectedLoss(Tensor scores)
    {
        using var scope = torch.NewDisposeScope();
        return (scores.detach().softmax(-1) * costs).sum(-1).mean().ToDouble();
    }

    /// <summary>The surrogate loss of R tries of every example.</summary>
    /// <param name="estimator">How it is made.</param>
    /// <param name="scores">e [R, B, N].</param>
    /// <param name="own">The read that is trained.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>A scalar, the mean over tries and examples; and how often the choice was run for it.</returns>
    internal (Tensor Surrogate, int Runs) Surrogate(GradientEstimator estimator, Tensor scores, Read own, Generator generator)
    {
        var runs = 0;
        var surrogate = estimator.Surrogate(read =>
        {
            runs++;
            return Run(scores, read ?? own, generator);
        });
        return (surrogate, runs);
    }

    private (Tensor Estimates, int Runs) Estimate(GradientEstimator estimator, Read read, int count, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = torch.NewDisposeScope();
        var leaf = Scores.unsqueeze(0).expand(count, -1, -1).clone().requires_grad_();
        var (surrogate, runs) = Surrogate(estimator, leaf, read, generator);
        if (surrogate.requires_grad) surrogate.backward();
        // The surrogate is a mean: each try's share is its own estimate, divided by R·B.
        var estimates = leaf.grad is { } gradient ? gradient * leaf.shape[0] * leaf.shape[1] : torch.zeros_like(leaf).detach();
        return (estimates.MoveToOuterDisposeScope(), runs);
    }

    private void Teach(GradientEstimator estimator, Read read, int lessons, Generator generator)
    {
        var learned = estimator.parameters().ToArray();
        if (learned.Length == 0) lessons = estimator.buffers().Any() ? Math.Min(lessons, 50) : 0;
        using var optimizer = learned.Length == 0 ? null : torch.optim.Adam(learned, 0.02);
        var tries = (int)Math.Clamp(Chunk / values.numel(), 1, 1000);
        for (var lesson = 0; lesson < lessons; lesson++)
        {
            using var scope = torch.NewDisposeScope();
            optimizer?.zero_grad();
            Estimate(estimator, read, tries, generator);
            optimizer?.step();
        }
    }

    private Outcome Run(Tensor scores, Read read, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var (tries, b, n) = (scores.shape[0], scores.shape[1], scores.shape[2]);
        using var softmax = new Softmax();
        var locations = softmax.call(scores.reshape(tries * b, 1, n), null);
        var attended = read.Take(locations, ValuesOf(tries), generator);
        var cost = losses(attended.Context.reshape(tries, b, -1)).flatten();
        var outcome = new Outcome(cost.MoveToOuterDisposeScope(), attended) { Features = features.repeat(tries, 1).MoveToOuterDisposeScope() };
        attended.MoveToOuterDisposeScope();
        outcome.LogProbability?.MoveToOuterDisposeScope();
        outcome.Entropy?.MoveToOuterDisposeScope();
        return outcome;
    }

    // The same values in every try: a hard read copies those alone that it reads.
    private Values ValuesOf(long tries)
    {
        var (b, n, d) = (values.shape[0], values.shape[1], values.shape[2]);
        return Values.Lazy(() => values.repeat(tries, 1, 1), locations =>
        {
            using var scope = torch.NewDisposeScope();
            var example = torch.arange(b, torch.int64, values.device).repeat(tries).unsqueeze(1);
            var read = values.reshape(b * n, d).index_select(0, (example * n + locations).flatten());
            return read.reshape(locations.shape[0], locations.shape[1], d).MoveToOuterDisposeScope();
        });
    }
}
