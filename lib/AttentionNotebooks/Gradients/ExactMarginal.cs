namespace AttentionNotebooks;

/// <summary>The exact marginal likelihood, −log Σ_z p(z) exp(−ℓ(z)), by enumeration (Wu, Shapiro &amp; Cotterell 2018, eq. 4; Deng et al. 2018, eq. 4).</summary>
/// <remarks>Losses are negative log-likelihoods, in nats. Never above the expected loss (Jensen).</remarks>
public sealed class ExactMarginal : Enumeration
{
    /// <summary>Makes the estimator.</summary>
    /// <param name="limit">How many runs of the model it may take.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public ExactMarginal(int limit = 1024) : base(nameof(ExactMarginal), limit)
    {
    }

    private protected override Tensor Combine(Tensor losses, Tensor logProbabilities) => torch.logsumexp(logProbabilities - losses, 0).neg();
}
