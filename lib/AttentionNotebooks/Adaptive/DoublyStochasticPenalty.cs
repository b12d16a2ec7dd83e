namespace AttentionNotebooks;

/// <summary>Every location should be looked at about once in all: λ Σₙ (1 − Σ_t α_tn)² (Xu et al. 2015, §4.2.1, eq. 14).</summary>
/// <remarks>Over the locations the weights of a step sum to 1 already; with this penalty those of a location tend to, over the steps.</remarks>
public sealed class DoublyStochasticPenalty : AttentionPenalty
{
    /// <summary>Makes the penalty.</summary>
    /// <param name="strength">λ ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not a number.</exception>
    public DoublyStochasticPenalty(double strength = 1) : base(strength)
    {
    }

    // (1 − Σ_t α_tn)²   Xu 2015, eq. 14
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor weights) => (1 - weights.sum(1)).square();
}
