namespace AttentionNotebooks;

/// <summary>
/// Several samples make one better bound, L = −log (1/K Σₖ exp(−ℓₖ)), and each learns from what it added to it (VIMCO, Mnih &amp; Rezende 2016, eq. 7–10).
/// </summary>
/// <remarks>
/// Losses are negative log-likelihoods, in nats. With K runs the surrogate's gradient estimates that of E[L], without bias; it is a tighter bound of the marginal likelihood than the expected loss.
/// The baseline of sample k is the bound with ℓₖ replaced by the mean of the others.
/// </remarks>
public sealed class Vimco : GradientEstimator
{
    private readonly int samples;

    /// <summary>Makes the estimator.</summary>
    /// <param name="samples">K ≥ 2, how often the model is run on each batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 2.</exception>
    public Vimco(int samples = 5) : base(nameof(Vimco))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        this.samples = samples;
    }

    /// <inheritdoc/>
    public override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        var runs = new Outcome[samples];
        for (var k = 0; k < samples; k++) runs[k] = run(null);
        var losses = torch.stack([.. runs.Select(each => each.Losses)]);
        Shape.Require(losses, nameof(losses), samples, "B");
        var bound = Bound(losses);
        if (runs[0].LogProbability is null) return bound.mean().MoveToOuterDisposeScope();

        // Given the bound itself, or the choices' own costs where these are not the losses.
        var costs = torch.stack([.. runs.Select(each => each.Judged())]);
        var signal = Bound(costs) - Without(costs);
        var surrogate = bound + (signal * torch.stack([.. runs.Select(each => each.JointLogProbability()!)])).sum([0]);
        return surrogate.mean().MoveToOuterDisposeScope();
    }

    // −log (1/K Σₖ exp(−ℓₖ))   Mnih & Rezende 2016, eq. 3
    private Tensor Bound(Tensor losses) => Math.Log(samples) - torch.logsumexp(-losses, 0);

    // The bound with ℓₖ replaced by the mean of the others, [K, B]   Mnih & Rezende 2016, eq. 10
    private Tensor Without(Tensor costs)
    {
        var others = (costs.sum([0], keepdim: true) - costs) / (samples - 1);
        var kept = torch.eye(samples, dtype: costs.dtype, device: costs.device).unsqueeze(-1);
        // [K left out, K, B]
        return Math.Log(samples) - torch.logsumexp(-(costs.unsqueeze(0) * (1 - kept) + others.unsqueeze(1) * kept), 1);
    }
}
