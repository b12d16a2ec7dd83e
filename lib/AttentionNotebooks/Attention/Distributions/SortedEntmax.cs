namespace AttentionNotebooks;

/// <summary>The maps whose threshold has a formula, once the support is known: a sort finds it, of as many of the largest scores as may have weight.</summary>
public abstract class SortedEntmax : Entmax
{
    private const long FirstTry = 64;

    /// <summary>Names the distribution after its class.</summary>
    private protected SortedEntmax(string name) : base(name)
    {
    }

    private protected sealed override Tensor Project(Tensor scores, Tensor empty)
    {
        var x = Scale(scores);
        // Most rows have few locations with weight. If these reach to the last of those sorted, sort more.
        for (var count = Math.Min(FirstTry, x.shape[2]); ; count = Math.Min(4 * count, x.shape[2]))
        {
            var (sorted, _) = x.topk((int)count);
            // An empty row gets finite numbers here, and no weight below.
            var finite = sorted.masked_fill(empty, 0);
            var rank = torch.arange(1, count + 1, x.dtype, x.device);
            var support = Support(finite.detach(), rank);
            if (count < x.shape[2] && support.numel() > 0 && support.max().ToInt64() == count) continue;
            var outside = rank > support;
            return Power((x - Threshold(finite.masked_fill(outside, 0), outside, support.to(x.dtype))).clamp_min(0));
        }
    }

    /// <summary>(α − 1) z.</summary>
    private protected abstract Tensor Scale(Tensor scores);

    /// <summary>p from [(α − 1) z − τ]₊.</summary>
    private protected abstract Tensor Power(Tensor above);

    /// <summary>How many locations have weight, as far as these show.</summary>
    /// <param name="sorted">The largest (α − 1) z [B, T, K], in falling order; −∞ behind the last that is allowed.</param>
    /// <param name="rank">1..K.</param>
    /// <returns>int64 [B, T, 1], in 1..K.</returns>
    private protected abstract Tensor Support(Tensor sorted, Tensor rank);

    /// <summary>The threshold, by a formula that holds on the support, and whose derivative is therefore that of the map.</summary>
    /// <param name="sorted">(α − 1) z on the support, else 0, [B, T, K].</param>
    /// <param name="outside">Boolean [B, T, K], false on the support.</param>
    /// <param name="count">k, its size [B, T, 1].</param>
    /// <returns>τ [B, T, 1].</returns>
    private protected abstract Tensor Threshold(Tensor sorted, Tensor outside, Tensor count);
}
