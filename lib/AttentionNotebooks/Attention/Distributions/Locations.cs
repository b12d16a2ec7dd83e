namespace AttentionNotebooks;

/// <summary>A distribution over what may be read at the N locations, one for each query.</summary>
/// <remarks>Either one location is chosen (<see cref="Categorical"/>), or each location has a gate of its own (<see cref="Gates"/>).</remarks>
/// <param name="Weights">What each location is expected to count for, α [B, T, N], in 0..1; 0 where a location is masked.</param>
public abstract record Locations(Tensor Weights)
{
    /// <summary>The choice where no location is chosen.</summary>
    public const long Nothing = -1;

    /// <summary>Where the next step goes on from, [B, T, N], where that is not what this step attends to; else null.</summary>
    public Tensor? Anchor { get; init; }

    /// <summary>Draws what is read.</summary>
    /// <param name="generator">Where the randomness comes from.</param>
    public abstract Selection Sample(Generator generator);

    /// <summary>What is read when nothing is left to chance.</summary>
    public abstract Selection Mode();

    /// <summary>How likely choices are.</summary>
    /// <param name="choice">z [B, T, K] int64, or <see cref="Nothing"/>.</param>
    /// <returns>log p(z) [B, T], in nats; null where a draw is differentiable by itself, and no score function is needed.</returns>
    public abstract Tensor? LogProbability(Tensor choice);

    /// <summary>How undecided each query is.</summary>
    /// <returns>The entropy [B, T], in nats; null where <see cref="LogProbability"/> is.</returns>
    public abstract Tensor? Entropy();

    /// <summary>Draws together with relaxed draws from the same noise.</summary>
    /// <param name="generator">Where the randomness comes from.</param>
    public abstract Coupling Couple(Generator generator);

    /// <summary>How far this distribution is from another over the same locations, KL(this‖prior).</summary>
    /// <param name="prior">p, of the same kind.</param>
    /// <returns>[B, T], in nats; ∞ where the prior excludes what this allows.</returns>
    /// <exception cref="ArgumentException">The prior is of another kind, or this kind has no such formula.</exception>
    public virtual Tensor Divergence(Locations prior) => throw NoDivergence(prior);

    /// <summary>What all probabilities are computed from: a gradient at these is a gradient of the choice. None where a draw is differentiable.</summary>
    internal abstract IReadOnlyList<Tensor> Logits { get; }

    private protected ArgumentException NoDivergence(Locations prior) => new($"The divergence of {GetType().Name} from {prior?.GetType().Name ?? "nothing"} is not known; both must be Categorical, or both BernoulliGates.", nameof(prior));

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The distribution itself.</returns>
    public Locations MoveToOuterDisposeScope()
    {
        _ = Map(part => part.MoveToOuterDisposeScope());
        return this;
    }

    /// <summary>The same with another form of each tensor.</summary>
    internal abstract Locations Map(Func<Tensor, Tensor> change);

    /// <summary>The choices as weights: 1 at what was chosen, else 0.</summary>
    /// <param name="choice">z [B, T, K] int64, or <see cref="Nothing"/>.</param>
    /// <returns>[B, T, N], of the weights' dtype; no gradient.</returns>
    internal Tensor Hot(Tensor choice)
    {
        using var scope = torch.NewDisposeScope();
        return Spread(new Selection(choice) { Shares = torch.ones_like(choice).to(Weights.dtype) }).MoveToOuterDisposeScope();
    }

    /// <summary>A selection as weights: what each chosen location counts for, else 0.</summary>
    /// <returns>[B, T, N], of the weights' dtype.</returns>
    internal Tensor Spread(Selection selection)
    {
        if (selection.Shares is null) return Hot(selection.Choice);
        using var scope = torch.NewDisposeScope();
        var shares = selection.Shares.masked_fill(selection.Choice < 0, 0);
        return torch.zeros_like(Weights).scatter_add(-1, selection.Choice.clamp_min(0), shares).MoveToOuterDisposeScope();
    }

    /// <summary>Some locations, mixed by their weights: w = α_z / Σ α_z over them.</summary>
    /// <param name="choice">z [B, T, K] int64, in 0..N−1; a location without weight becomes <see cref="Nothing"/>.</param>
    internal Selection Share(Tensor choice)
    {
        using var scope = torch.NewDisposeScope();
        var weights = Weights.gather(-1, choice);
        // A row without any weight attends to nothing.
        var total = weights.sum(-1, keepdim: true);
        var shares = weights / total.masked_fill(total <= 0, 1);
        return new Selection(choice.masked_fill(weights <= 0, Nothing).MoveToOuterDisposeScope()) { Shares = shares.MoveToOuterDisposeScope() };
    }
}
