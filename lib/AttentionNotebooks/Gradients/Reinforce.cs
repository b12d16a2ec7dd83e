namespace AttentionNotebooks;

/// <summary>
/// The score-function estimator, REINFORCE (Williams 1992, eq. 11; for attention Mnih et al. 2014, eq. 3, and Xu et al. 2015, eq. 11–12):
/// ∇ E[ℓ] = E[∇ℓ + (ℓ − b) ∇ log p(z)]. Unbiased for every baseline b that does not depend on the choice.
/// </summary>
/// <remarks>Where a model gives losses [B, T], each step's choice is judged by its own loss alone, and the surrogate is the mean over examples of the sum over steps.</remarks>
public sealed class Reinforce : GradientEstimator
{
    private readonly Baseline baseline;
    private readonly int samples;
    private double entropyBonus;

    /// <summary>Makes the estimator.</summary>
    /// <param name="baseline">What is subtracted from the cost, to make the estimate less noisy; null for nothing.</param>
    /// <param name="entropyBonus">λ ≥ 0, the weight of the entropy in the surrogate; it keeps the choice from settling early, and biases the gradient while it is not 0 (Xu et al. 2015, §4.1).</param>
    /// <param name="samples">K ≥ 1, how often the model is run on each batch, to draw other choices.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not a number, or K is below 1.</exception>
    public Reinforce(Baseline? baseline = null, double entropyBonus = 0, int samples = 1) : base(nameof(Reinforce))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        this.samples = samples;
        EntropyBonus = entropyBonus;
        this.baseline = baseline ?? new NoBaseline();
        RegisterComponents();
    }

    /// <summary>λ ≥ 0, the weight of the entropy; it may be changed while training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not a number.</exception>
    public double EntropyBonus
    {
        get => entropyBonus;
        set
        {
            if (!(value >= 0)) throw new ArgumentOutOfRangeException(nameof(value), value, "The weight of the entropy is 0 or more.");
            entropyBonus = value;
        }
    }

    /// <inheritdoc/>
    public override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        var runs = new Outcome[samples];
        for (var k = 0; k < samples; k++) runs[k] = run(null);
        var steps = runs[0].Steps;
        for (var k = 0; k < samples; k++) runs[k] = runs[k].StepByStep();
        var losses = torch.stack([.. runs.Select(each => each.Losses)]);
        if (runs[0].LogProbability is null) return losses.mean().mul(steps).MoveToOuterDisposeScope();

        var costs = torch.stack([.. runs.Select(each => each.Judged())]);
        var expectation = baseline.forward(new Trial(costs, runs[0].Features, read => CostOf(run, read)));
        var advantage = costs - expectation.Value.detach();
        Shape.Require(advantage, nameof(advantage), costs.shape[0], costs.shape[1]);
        // ∇ E[ℓ] = E[∇ℓ + (ℓ − b) ∇ log p(z)]   Williams 1992, eq. 11
        var surrogate = losses + advantage * torch.stack([.. runs.Select(each => each.JointLogProbability()!)]);
        if (EntropyBonus > 0) surrogate = surrogate - EntropyBonus * torch.stack([.. runs.Select(each => each.Entropy!.sum(-1))]);
        var total = surrogate.mean() * steps;
        if (expectation.Loss is not null) total = total + expectation.Loss;
        return total.MoveToOuterDisposeScope();
    }

    private static Tensor CostOf(Func<Read?, Outcome> run, Read read)
    {
        using var _ = torch.no_grad();
        return run(read).StepByStep().Judged();
    }
}
