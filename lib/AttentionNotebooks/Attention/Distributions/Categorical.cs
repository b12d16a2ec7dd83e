namespace AttentionNotebooks;

/// <summary>One location of N is chosen.</summary>
public sealed record Categorical : Locations
{
    // Stands for −∞ where a derivative passes: 0 times it is 0.
    private const double Never = -1e9;

    private readonly Tensor? logits;
    private Tensor? logWeights;

    /// <summary>A distribution with these weights and their logarithms.</summary>
    /// <param name="weights">The probabilities α [B, T, N], in 0..1; a row sums to 1, or to 0 where every location is masked.</param>
    /// <param name="logWeights">log α [B, T, N], in nats; −∞ at a location that has no weight.</param>
    public Categorical(Tensor weights, Tensor logWeights) : base(weights) => this.logWeights = logWeights;

    private Categorical(Tensor weights, Tensor? logits, bool _) : base(weights) => this.logits = logits;

    /// <summary>log α [B, T, N], in nats; −∞ at a location that has no weight. A soft read does without: they are computed when they are first asked for.</summary>
    public Tensor LogWeights => logWeights is null || logWeights.IsInvalid ? logWeights = logits is null ? Logarithm(Weights) : LogSoftmax(logits) : logWeights;

    /// <summary>The distribution with these weights.</summary>
    /// <param name="weights">α [B, T, N], in 0..1.</param>
    public static Categorical Of(Tensor weights) => new(weights, null, false);

    /// <summary>α = softmax(e), with logarithms as exact as they can be.</summary>
    /// <param name="logits">e [B, T, N]; −∞ at a location that gets no weight, and a row of nothing else has none at all.</param>
    internal static Categorical Softmax(Tensor logits)
    {
        using var scope = torch.NewDisposeScope();
        var empty = Empty(logits);
        // Finite numbers, so that no NaN arises on the way back.
        var filled = logits.masked_fill(empty, 0);
        var weights = torch.nn.functional.softmax(filled, -1).masked_fill(empty, 0);
        return new Categorical(weights.MoveToOuterDisposeScope(), logits.alias().MoveToOuterDisposeScope(), false);
    }

    /// <summary>The distribution with these weights where they sum to less than 1: what is left is the chance that no location is chosen.</summary>
    /// <param name="weights">α [B, T, N], in 0..1.</param>
    internal static Categorical WithNothing(Tensor weights)
    {
        using var scope = torch.NewDisposeScope();
        return Of(weights) with { LogNothing = Logarithm(1 - weights.sum(-1, keepdim: true)).MoveToOuterDisposeScope() };
    }

    /// <summary>The log-probability that no location is chosen, [B, T, 1] in nats, for weights that sum to less than 1; null where some location is always chosen.</summary>
    public Tensor? LogNothing { get; init; }

    /// <summary>The two tensors.</summary>
    public void Deconstruct(out Tensor weights, out Tensor logWeights) => (weights, logWeights) = (Weights, LogWeights);

    internal override Categorical Map(Func<Tensor, Tensor> change) => new(change(Weights), Changed(logits, change), false)
    {
        logWeights = Changed(logWeights is { IsInvalid: false } ? logWeights : null, change),
        LogNothing = Changed(LogNothing, change),
        Anchor = Changed(Anchor, change),
    };

    /// <summary>Draws one location for each query.</summary>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>Choices z [B, T, 1], int64 in 0..N−1, or <see cref="Locations.Nothing"/>; no gradient.</returns>
    /// <remarks>By inversion in float64: one uniform number for each query, and never a location of weight 0.</remarks>
    public override Selection Sample(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var cumulative = Weights.to(torch.float64).cumsum(-1);
        var total = cumulative.narrow(-1, cumulative.shape[2] - 1, 1);
        var uniform = RandomNumbers.Uniform([Weights.shape[0], Weights.shape[1], 1], torch.float64, Weights.device, generator);
        if (LogNothing is null) uniform = uniform * total;
        var choice = (cumulative <= uniform).sum(-1, keepdim: true);
        return new Selection(choice.masked_fill(uniform >= total, Nothing).MoveToOuterDisposeScope());
    }

    /// <summary>The location of greatest weight, the first of equals.</summary>
    /// <returns>Choices z [B, T, 1], int64 in 0..N−1, or <see cref="Locations.Nothing"/>; no gradient.</returns>
    public override Selection Mode()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (greatest, location) = Weights.max(-1, keepdim: true);
        return new Selection(location.masked_fill(greatest <= 0, Nothing).MoveToOuterDisposeScope());
    }

    /// <summary>log α at the chosen locations.</summary>
    /// <param name="choice">Choices z [B, T, 1], int64.</param>
    /// <returns>log p(z) [B, T], in nats; where nothing was chosen, the log-probability of that, 0 if it was certain.</returns>
    public override Tensor LogProbability(Tensor choice)
    {
        Shape.Require(choice, nameof(choice), Weights.shape[0], Weights.shape[1], 1);
        using var scope = torch.NewDisposeScope();
        var chosen = LogWeights.gather(-1, choice.clamp_min(0));
        var logProbability = LogNothing is null ? chosen.masked_fill(choice < 0, 0) : torch.where(choice < 0, LogNothing, chosen);
        return logProbability.squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>H = −Σ α log α, how undecided each query is.</summary>
    /// <returns>Entropy [B, T], in nats, 0..log N.</returns>
    public override Tensor Entropy()
    {
        using var scope = torch.NewDisposeScope();
        var (logWeights, _) = Outcomes();
        // α log α is 0 at α = 0, and so is its gradient here.
        return (logWeights.exp() * logWeights).sum(-1).neg().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Coupling Couple(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var (logWeights, impossible) = Outcomes();
        // argmax(log α + g) ~ α with Gumbel noise g = −log(−log u)   Maddison 2017, §2.3
        var perturbed = logWeights - Exponential(logWeights, generator).log();
        var choice = perturbed.detach().argmax(-1, keepdim: true);
        return new Coupling(
            choice.masked_fill((choice >= Weights.shape[2]).logical_or(impossible.all(-1, keepdim: true)), Nothing),
            temperature => Soften(perturbed, impossible, temperature),
            temperature => Soften(GivenChoice(logWeights, choice, generator), impossible, temperature))
        { Held = [logWeights, impossible, perturbed, choice] };
    }

    /// <inheritdoc/>
    public override Tensor Divergence(Locations prior)
    {
        if (prior is not Categorical other) throw NoDivergence(prior);
        using var scope = torch.NewDisposeScope();
        var ((log, never), (otherLog, _)) = (Outcomes(), other.Outcomes());
        Shape.Require(otherLog, nameof(prior), log.shape[0], log.shape[1], log.shape[2]);
        // KL(q‖p) = Σ q (log q − log p)
        return (log.exp() * (log - otherLog)).masked_fill(never, 0).sum(-1).MoveToOuterDisposeScope();
    }

    internal override IReadOnlyList<Tensor> Logits => LogNothing is null ? [LogWeights] : [LogWeights, LogNothing];

    // The logarithms of all outcomes, that nothing is chosen as the last where that may be.
    private (Tensor Log, Tensor Impossible) Outcomes()
    {
        var log = LogNothing is null ? LogWeights : torch.cat([LogWeights, LogNothing], -1);
        var impossible = log.isneginf();
        return (log.masked_fill(impossible, Never), impossible);
    }

    private Tensor Soften(Tensor perturbed, Tensor impossible, Tensor temperature)
    {
        using var scope = torch.NewDisposeScope();
        var relaxed = torch.nn.functional.softmax(perturbed / temperature, -1).masked_fill(impossible, 0);
        return relaxed.narrow(-1, 0, Weights.shape[2]).MoveToOuterDisposeScope();
    }

    // z̃_k = −log(−log v_k), z̃_i = −log(−log v_i / α_i − log v_k): new noise, of which k is again the largest   Tucker 2017, appendix C
    private Tensor GivenChoice(Tensor logWeights, Tensor choice, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var exponential = Exponential(logWeights, generator);
        var largest = exponential.gather(-1, choice);
        // In logarithms, so that a small α divides without overflow.
        var others = torch.logaddexp(exponential.log() - logWeights, largest.log()).neg();
        var chosen = torch.zeros_like(logWeights).scatter(-1, choice, torch.ones_like(largest)).to(torch.@bool);
        return torch.where(chosen, largest.log().neg(), others).MoveToOuterDisposeScope();
    }

    private static Tensor? Changed(Tensor? part, Func<Tensor, Tensor> change) => part is null ? null : change(part);

    private static Tensor Empty(Tensor logits)
    {
        using var _ = torch.no_grad();
        return logits.amax([-1], keepdim: true).isneginf();
    }

    private static Tensor LogSoftmax(Tensor logits)
    {
        using var scope = torch.NewDisposeScope();
        var empty = Empty(logits);
        return torch.nn.functional.log_softmax(logits.masked_fill(empty, 0), -1).masked_fill(empty, double.NegativeInfinity).MoveToOuterDisposeScope();
    }

    private static Tensor Logarithm(Tensor weights)
    {
        using var scope = torch.NewDisposeScope();
        var none = weights <= 0;
        return weights.masked_fill(none, 1).log().masked_fill(none, double.NegativeInfinity).MoveToOuterDisposeScope();
    }

    // −log u, drawn in float64, where neither it nor its logarithm is infinite.
    private static Tensor Exponential(Tensor like, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var uniform = RandomNumbers.Uniform(like.shape, torch.float64, like.device, generator).clamp(double.Epsilon, Math.BitDecrement(1));
        return uniform.log().neg().to(like.dtype).MoveToOuterDisposeScope();
    }
}
