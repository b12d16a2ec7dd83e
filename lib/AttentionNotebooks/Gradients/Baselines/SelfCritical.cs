namespace AttentionNotebooks;

/// <summary>b = what another read of the same example costs: the likeliest location's cost (self-critical training, Rennie et al. 2017, eq. 7), or soft attention's (Deng et al. 2018, §4.2).</summary>
/// <remarks>Nothing is learned, and it runs the model once more.</remarks>
public sealed class SelfCritical : Baseline
{
    private readonly Read critic;

    /// <summary>Makes the baseline.</summary>
    /// <param name="critic">The read to compare with; null for <see cref="MostLikely"/>. <see cref="Expected"/> is Deng's.</param>
    public SelfCritical(Read? critic = null) : base(nameof(SelfCritical)) => this.critic = critic ?? new MostLikely();

    /// <inheritdoc/>
    public override Expectation forward(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return new Expectation(trial.CostOf(critic));
    }
}
