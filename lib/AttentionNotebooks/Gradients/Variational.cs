namespace AttentionNotebooks;

/// <summary>
/// Variational attention (Deng et al. 2018, §3): an inference network q that has seen the answer says where to look while training, and the attention p learns to agree:
/// the loss is the negative evidence bound E_q[ℓ] + KL(q‖p) (eq. 6).
/// </summary>
/// <remarks>
/// The model passes q to <see cref="Attention.forward"/> as its posterior. How E_q is taken is another estimator's matter:
/// <see cref="ExactExpectation"/> enumerates it, <see cref="Reinforce"/> samples. The divergence is exact. Where there is no posterior, it is that estimator alone.
/// </remarks>
public sealed class Variational : GradientEstimator
{
    private readonly GradientEstimator expectation;

    /// <summary>Makes the estimator.</summary>
    /// <param name="expectation">How the expectation under q is taken.</param>
    public Variational(GradientEstimator expectation) : base(nameof(Variational))
    {
        ArgumentNullException.ThrowIfNull(expectation);
        this.expectation = expectation;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return expectation.Surrogate(read => Bound(run(read)));
    }

    // ℓ + KL(q‖p)   Deng 2018, eq. 6; later steps' divergences may depend on earlier choices, so these are judged by it, too
    private static Outcome Bound(Outcome outcome)
    {
        if (outcome.Divergence is null) return outcome;
        Shape.Require(outcome.Divergence, nameof(outcome.Divergence), outcome.Losses.shape[0], outcome.Losses.dim() == 2 ? outcome.Losses.shape[1] : "T");
        var divergence = outcome.Losses.dim() == 2 ? outcome.Divergence : outcome.Divergence.sum(-1);
        return outcome with { Losses = outcome.Losses + divergence, Costs = outcome.Costs is null ? null : outcome.Costs + divergence.detach() };
    }
}
