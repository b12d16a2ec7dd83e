namespace AttentionNotebooks;

/// <summary>A term of the loss that looks at nothing but the weights of all steps together. It has no parameters and fits every score, distribution and read.</summary>
public abstract class AttentionPenalty
{
    /// <summary>Makes the penalty.</summary>
    /// <param name="strength">λ ≥ 0, what the penalty is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not a number.</exception>
    protected AttentionPenalty(double strength)
    {
        if (!(strength >= 0) || double.IsInfinity(strength))
            throw new ArgumentOutOfRangeException(nameof(strength), strength, "The strength λ is 0 or more.");
        Strength = strength;
    }

    /// <summary>λ ≥ 0, what the penalty is multiplied by.</summary>
    public double Strength { get; }

    /// <summary>The penalty of each example.</summary>
    /// <param name="weights">α [B, T, N], in 0..1; a gradient flows back to them.</param>
    /// <param name="mask">Boolean [B, N] or [B, T, N], true where a location may be attended to; null allows all. A location that no step may attend to does not count.</param>
    /// <returns>[B], 0 or more; add it to the losses before an estimator or a mean takes them.</returns>
    /// <exception cref="ArgumentException">A shape or dtype does not fit; the message names the tensor.</exception>
    public Tensor Of(Tensor weights, Tensor? mask = null)
    {
        Shape.Require(weights, nameof(weights), "B", "T", "N");
        using var scope = torch.NewDisposeScope();
        var terms = mask is null ? Terms(weights) : Masked(weights, mask);
        return (Strength * terms.sum(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>What each location contributes, before λ.</summary>
    /// <param name="weights">α [B, T, N], 0 where it is masked.</param>
    /// <returns>[B, N].</returns>
    protected abstract Tensor Terms(Tensor weights);

    private Tensor Masked(Tensor weights, Tensor mask)
    {
        var allowed = StepMask.Of(mask, weights.shape[0], weights.shape[1], weights.shape[2]);
        return Terms(weights.masked_fill(allowed.logical_not(), 0)).masked_fill(allowed.any(1).logical_not(), 0);
    }
}
