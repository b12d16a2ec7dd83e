namespace AttentionNotebooks;

/// <summary>No location should be looked at again: λ Σ_t Σₙ min(α_tn, c_tn), with the coverage c_tn = Σ_{s&lt;t} α_sn (See et al. 2017, eq. 10 and 13).</summary>
/// <remarks>Unlike <see cref="DoublyStochasticPenalty"/> it asks nothing of a location that was never looked at.</remarks>
public sealed class CoveragePenalty : AttentionPenalty
{
    /// <summary>Makes the penalty.</summary>
    /// <param name="strength">λ ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not a number.</exception>
    public CoveragePenalty(double strength = 1) : base(strength)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Terms(Tensor weights)
    {
        var steps = weights.shape[1];
        if (steps < 2) return weights.narrow(1, 0, 0).sum(1);
        // Σ_t min(α_tn, c_tn); the first step covers nothing   See 2017, eq. 13
        var coverage = weights.narrow(1, 0, steps - 1).cumsum(1);
        return torch.minimum(weights.narrow(1, 1, steps - 1), coverage).sum(1);
    }
}
