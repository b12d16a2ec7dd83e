namespace AttentionNotebooks;

/// <summary>Between hard and soft: the K locations of greatest weight, and only these, mixed by their weights: c = Σ α v / Σ α over them.</summary>
/// <remarks>Deterministic. A gradient reaches the scores through the weights of the chosen locations. With K = N it is <see cref="Expected"/>.</remarks>
public sealed class TopK : Read
{
    private readonly int count;

    /// <summary>Makes the read.</summary>
    /// <param name="count">K ≥ 1; where there are fewer locations, all are read.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 1.</exception>
    public TopK(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        this.count = count;
    }

    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        using var scope = torch.NewDisposeScope();
        var (_, largest) = locations.Weights.detach().topk((int)Math.Min(count, locations.Weights.shape[2]));
        var selection = locations.Share(largest);
        return new AttentionResult(At(values, selection), locations)
        {
            Choice = selection.Choice,
            Shares = locations.Spread(selection),
        }.MoveReadToOuterDisposeScope();
    }
}
