namespace AttentionNotebooks;

/// <summary>b = 0: plain REINFORCE (Williams 1992).</summary>
public sealed class NoBaseline : Baseline
{
    /// <summary>Makes the baseline.</summary>
    public NoBaseline() : base(nameof(NoBaseline))
    {
    }

    /// <inheritdoc/>
    public override Expectation forward(Trial trial) => new((trial ?? throw new ArgumentNullException(nameof(trial))).Costs.new_zeros(ReadOnlySpan<long>.Empty));
}
