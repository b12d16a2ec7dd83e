namespace AttentionNotebooks;

/// <summary>The expected loss itself, E[ℓ] = Σ_z p(z) ℓ(z), by enumeration: what every unbiased estimator estimates.</summary>
public sealed class ExactExpectation : Enumeration
{
    /// <summary>Makes the estimator.</summary>
    /// <param name="limit">How many runs of the model it may take.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public ExactExpectation(int limit = 1024) : base(nameof(ExactExpectation), limit)
    {
    }

    private protected override Tensor Combine(Tensor losses, Tensor logProbabilities) => (logProbabilities.exp() * losses).sum([0]);
}
