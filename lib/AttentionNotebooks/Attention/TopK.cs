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
    public override AttentionResult Take(Categorical locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        using var scope = torch.NewDisposeScope();
        var (b, t, n) = (locations.Weights.shape[0], locations.Weights.shape[1], locations.Weights.shape[2]);
        var k = (int)Math.Min(count, n);
        var (weights, index) = locations.Weights.topk(k);
        var read = values.At(index.flatten(1));
        // A row without any weight attends to nothing.
        var total = weights.sum(-1, keepdim: true);
        var shares = weights / total.masked_fill(total <= 0, 1);
        var context = shares.unsqueeze(2).matmul(read.reshape(b, t, k, read.shape[2])).squeeze(2);
        return new AttentionResult(context.MoveToOuterDisposeScope(), locations.Weights)
        {
            Choice = index.masked_fill(weights <= 0, Categorical.Nothing).MoveToOuterDisposeScope(),
        };
    }
}
