namespace AttentionNotebooks;

/// <summary>Which words a reading gives as its reasons.</summary>
/// <remarks>
/// Where the read chose words, by a draw or as the likeliest, these. Where it weighed all words, the heaviest: as many as a share of the
/// sentence's length, which is the true reasons' own in the training set, and at least one (DeYoung et al. 2020, §5). Words of equal weight
/// are taken together or not at all, so that a reading which weighs all words alike gives all of them. A word without weight is no reason.
/// </remarks>
public static class ReasonWords
{
    /// <summary>The reasons.</summary>
    /// <param name="attended">What one act of attention recorded, with T = 1 and one head.</param>
    /// <param name="mask">Boolean [B, N], true at words.</param>
    /// <param name="share">How many words of a sentence are reasons where none was chosen, in 0..1.</param>
    /// <returns>Boolean [B, N].</returns>
    public static Tensor Of(AttentionResult attended, Tensor mask, double share)
    {
        ArgumentNullException.ThrowIfNull(attended);
        ArgumentNullException.ThrowIfNull(mask);
        Shape.Require(attended.Weights, nameof(attended), mask.shape[0], 1, mask.shape[1]);
        using var scope = torch.NewDisposeScope();
        return (attended.Choice is null ? Heaviest(attended.Weights.squeeze(1), mask, share) : Read(attended, mask)).MoveToOuterDisposeScope();
    }

    /// <summary>The words that count in what was read: those chosen, or those with a weight.</summary>
    /// <param name="attended">What one act of attention recorded, with T = 1 and one head.</param>
    /// <param name="mask">Boolean [B, N], true at words.</param>
    /// <returns>Boolean [B, N].</returns>
    public static Tensor Read(AttentionResult attended, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(attended);
        ArgumentNullException.ThrowIfNull(mask);
        Shape.Require(attended.Weights, nameof(attended), mask.shape[0], 1, mask.shape[1]);
        using var scope = torch.NewDisposeScope();
        var counts = attended.Choice is null ? attended.Weights : attended.Locations.Hot(attended.Choice);
        return counts.squeeze(1).gt(0).logical_and(mask).MoveToOuterDisposeScope();
    }

    private static Tensor Heaviest(Tensor weights, Tensor mask, double share)
    {
        var count = (mask.sum(1, keepdim: true).to(torch.float64) * share).round().to(torch.int64).clamp_min(1);
        var (falling, _) = weights.masked_fill(mask.logical_not(), 0).sort(1, descending: true);
        return weights.ge(falling.gather(1, count - 1)).logical_and(weights > 0).logical_and(mask);
    }
}
