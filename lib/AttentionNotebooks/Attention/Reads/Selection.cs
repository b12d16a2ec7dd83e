namespace AttentionNotebooks;

/// <summary>The locations that are read, and how much each counts.</summary>
/// <param name="Choice">z [B, T, K] int64 in 0..N−1, or <see cref="Locations.Nothing"/>.</param>
public sealed record Selection(Tensor Choice)
{
    /// <summary>What each counts for, w [B, T, K], in 0..1; null where each counts 1.</summary>
    public Tensor? Shares { get; init; }

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The selection itself.</returns>
    public Selection MoveToOuterDisposeScope()
    {
        Choice.MoveToOuterDisposeScope();
        Shares?.MoveToOuterDisposeScope();
        return this;
    }
}
