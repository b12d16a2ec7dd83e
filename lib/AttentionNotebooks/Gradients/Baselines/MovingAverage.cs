namespace AttentionNotebooks;

/// <summary>b = the exponential moving average of the costs of earlier batches (Xu et al. 2015, §4.1, with decay 0.9).</summary>
/// <remarks>The current batch enters the average only after it was compared with it, so the estimate stays unbiased. The average is a buffer: it is saved with the module.</remarks>
public sealed class MovingAverage : Baseline
{
    private readonly double decay;
    private readonly Tensor sum;
    private readonly Tensor weight;

    /// <summary>Makes the baseline.</summary>
    /// <param name="decay">How much of the old average a batch keeps, in 0..1 without 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not in that range.</exception>
    public MovingAverage(double decay = 0.9) : base(nameof(MovingAverage))
    {
        if (decay is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay is at least 0 and below 1.");
        this.decay = decay;
        sum = torch.zeros([], torch.float64).DetachFromDisposeScope();
        weight = torch.zeros([], torch.float64).DetachFromDisposeScope();
        register_buffer(nameof(sum), sum);
        register_buffer(nameof(weight), weight);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Expectation forward(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        // The first batches are not pulled towards 0: sum and weight decay alike (Kingma & Ba 2015, §3).
        var value = (sum / weight.clamp_min(1e-12)).to(trial.Costs.dtype);
        sum.mul_(decay).add_((1 - decay) * trial.Costs.mean().to(sum.dtype));
        weight.mul_(decay).add_(1 - decay);
        return new Expectation(value.MoveToOuterDisposeScope());
    }
}
