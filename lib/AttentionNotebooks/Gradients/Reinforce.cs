namespace AttentionNotebooks;

/// <summary>
/// The score-function estimator, REINFORCE (Williams 1992, eq. 11; for attention Mnih et al. 2014, eq. 3, and Xu et al. 2015, eq. 11–12):
/// ∇ E[ℓ] = E[∇ℓ + (ℓ − b) ∇ log p(z)]. Unbiased for every baseline b that does not depend on the choice.
/// </summary>
public sealed class Reinforce : GradientEstimator
{
    private readonly Baseline baseline;
    private double entropyBonus;

    /// <summary>Makes the estimator.</summary>
    /// <param name="baseline">What is subtracted from the cost, to make the estimate less noisy; null for nothing.</param>
    /// <param name="entropyBonus">λ ≥ 0, the weight of the entropy in the surrogate; it keeps the choice from settling early, and biases the gradient while it is not 0 (Xu et al. 2015, §4.1).</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not a number.</exception>
    public Reinforce(Baseline? baseline = null, double entropyBonus = 0) : base(nameof(Reinforce))
    {
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
    public override Tensor Surrogate(Tensor losses, AttentionResult attended, Tensor? features = null, Tensor? costs = null)
    {
        Shape.Require(losses, nameof(losses), "B");
        if (costs is not null) Shape.Require(costs, nameof(costs), losses.shape[0]);
        if (attended.LogProbability is null) return losses.mean();
        Shape.Require(attended.LogProbability, nameof(attended.LogProbability), losses.shape[0], "T");

        using var scope = torch.NewDisposeScope();
        var cost = (costs ?? losses).detach().to(losses.dtype);
        var expectation = baseline.forward(cost, features);
        var advantage = cost - expectation.Value.detach();
        Shape.Require(advantage, nameof(advantage), losses.shape[0]);
        // ∇ E[ℓ] = E[∇ℓ + (ℓ − b) ∇ log p(z)]   Williams 1992, eq. 11
        var surrogate = losses + advantage * attended.LogProbability.sum(-1);
        if (EntropyBonus > 0) surrogate -= EntropyBonus * attended.Entropy!.sum(-1);
        var total = surrogate.mean();
        if (expectation.Loss is not null) total += expectation.Loss;
        return total.MoveToOuterDisposeScope();
    }
}
