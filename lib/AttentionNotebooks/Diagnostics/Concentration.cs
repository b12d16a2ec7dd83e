namespace AttentionNotebooks;

/// <summary>How much attention concentrates: between one location and all of them.</summary>
/// <remarks>Weights need not sum to 1: each row is taken for its share. A row without any weight has entropy 0, and no location.</remarks>
public static class Concentration
{
    /// <summary>H = −Σ α log α.</summary>
    /// <param name="weights">α [.., N], at least 0.</param>
    /// <returns>[..], in nats, 0..log N.</returns>
    public static Tensor Entropy(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = torch.NewDisposeScope();
        var total = weights.sum(-1, keepdim: true);
        var shares = weights / total.masked_fill(total <= 0, 1);
        return (shares * shares.masked_fill(shares <= 0, 1).log()).sum(-1).neg().MoveToOuterDisposeScope();
    }

    /// <summary>exp H: how many locations of the same weight would be as undecided.</summary>
    /// <param name="weights">α [.., N], at least 0.</param>
    /// <returns>[..], 1..N; 0 for a row without any weight.</returns>
    public static Tensor EffectiveCount(Tensor weights)
    {
        using var scope = torch.NewDisposeScope();
        return Entropy(weights).exp().masked_fill(weights.sum(-1) <= 0, 0).MoveToOuterDisposeScope();
    }

    /// <summary>How many locations have weight.</summary>
    /// <param name="weights">α [.., N], at least 0.</param>
    /// <param name="threshold">More than which counts; 0 counts whatever is not exactly 0.</param>
    /// <returns>int64 [..], 0..N.</returns>
    public static Tensor SupportSize(Tensor weights, double threshold = 0)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = torch.NewDisposeScope();
        return (weights > threshold).sum(-1).MoveToOuterDisposeScope();
    }
}
