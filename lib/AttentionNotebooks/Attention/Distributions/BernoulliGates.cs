namespace AttentionNotebooks;

/// <summary>Gates that are open or shut: zₙ ~ Bernoulli(pₙ), independently.</summary>
/// <param name="Weights">p [B, T, N], in 0..1; 0 at a masked location.</param>
/// <param name="LogOdds">log p − log(1 − p) [B, T, N]; any finite number at a masked location.</param>
public sealed record BernoulliGates(Tensor Weights, Tensor LogOdds) : Gates(Weights, Weights)
{
    internal override BernoulliGates Map(Func<Tensor, Tensor> change) => new(change(Weights), change(LogOdds));

    /// <inheritdoc/>
    public override Selection Sample(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var uniform = RandomNumbers.Uniform(Weights.shape, torch.float64, Weights.device, generator);
        return new Selection(Choose(uniform < Weights).MoveToOuterDisposeScope());
    }

    /// <summary>The gates that are rather open than shut, p &gt; ½.</summary>
    public override Selection Mode()
    {
        using var scope = torch.NewDisposeScope();
        return new Selection(Choose(Weights > 0.5).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override Tensor LogProbability(Tensor choice)
    {
        Shape.Require(choice, nameof(choice), Weights.shape[0], Weights.shape[1], "K");
        using var scope = torch.NewDisposeScope();
        var sign = 2 * Hot(choice) - 1;
        // log p(z) = Σ log σ(±φ)
        var each = torch.nn.functional.logsigmoid(sign * LogOdds).masked_fill(Weights <= 0, 0);
        return each.sum(-1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        using var scope = torch.NewDisposeScope();
        // H = Σ −log σ(φ) + (1 − p) φ
        var each = (1 - Weights) * LogOdds - torch.nn.functional.logsigmoid(LogOdds);
        return each.masked_fill(Weights <= 0, 0).sum(-1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Divergence(Locations prior)
    {
        if (prior is not BernoulliGates other) throw NoDivergence(prior);
        Shape.Require(other.Weights, nameof(prior), Weights.shape[0], Weights.shape[1], Weights.shape[2]);
        using var scope = torch.NewDisposeScope();
        // KL = Σ q (φ_q − φ_p) + log σ(−φ_q) − log σ(−φ_p)
        var each = Weights * (LogOdds - other.LogOdds) + torch.nn.functional.logsigmoid(-LogOdds) - torch.nn.functional.logsigmoid(-other.LogOdds);
        return each.masked_fill(other.Weights <= 0, double.PositiveInfinity).masked_fill(Weights <= 0, 0).sum(-1).MoveToOuterDisposeScope();
    }

    internal override IReadOnlyList<Tensor> Logits => [LogOdds];

    /// <inheritdoc/>
    public override Coupling Couple(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        // b = [φ + logit u > 0] ~ Bernoulli(σ(φ)), relaxed σ((φ + logit u) / τ): the binary Concrete   Maddison 2017, appendix B
        var perturbed = LogOdds + Logit(Uniform(generator)).to(LogOdds.dtype);
        var open = (perturbed > 0).logical_and(Weights > 0);
        return new Coupling(
            Choose(open),
            temperature => Soften(perturbed, temperature),
            temperature => Soften(GivenChoice(open, generator), temperature))
        { Held = [perturbed, open] };
    }

    private Tensor Soften(Tensor perturbed, Tensor temperature) => (perturbed / temperature).sigmoid().masked_fill(Weights <= 0, 0);

    // New noise that opens the same gates: u' = 1 − p + v p where open, v (1 − p) where shut   Tucker 2017, appendix C
    private Tensor GivenChoice(Tensor open, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var p = LogOdds.to(torch.float64).sigmoid();
        var v = Uniform(generator);
        var uniform = torch.where(open, 1 - p + v * p, v * (1 - p)).clamp(1e-300, Math.BitDecrement(1));
        return (LogOdds + Logit(uniform).to(LogOdds.dtype)).MoveToOuterDisposeScope();
    }

    private Tensor Uniform(Generator generator) => RandomNumbers.Uniform(Weights.shape, torch.float64, Weights.device, generator).clamp(1e-300, Math.BitDecrement(1));

    private static Tensor Logit(Tensor uniform)
    {
        using var scope = torch.NewDisposeScope();
        return (uniform.log() - (-uniform).log1p()).MoveToOuterDisposeScope();
    }
}
