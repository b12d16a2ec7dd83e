namespace AttentionNotebooks;

/// <summary>The maps whose threshold has a formula, once the support is known: a sort of the largest scores finds it, most rows have few locations with weight.</summary>
public abstract class SortedEntmax : Entmax
{
    private const int Few = 64;

    /// <summary>Names the distribution after its class.</summary>
    private protected SortedEntmax(string name) : base(name)
    {
    }

    private protected sealed override Tensor Project(Tensor scores, Tensor empty)
    {
        var x = Scale(scores);
        var (sorted, _) = x.topk((int)Math.Min(Few, x.shape[2]));
        // An empty row gets finite numbers here, and no weight below.
        var finite = sorted.masked_fill(empty, 0);
        var rank = torch.arange(1, sorted.shape[2] + 1, x.dtype, x.device);
        var support = Support(finite.detach(), rank);
        var outside = rank > support;
        // Where the support reaches to the last of those sorted, it may reach further.
        if (x.shape[2] > Few && support.numel() > 0 && support.max().ToInt64() == Few)
        {
            outside = x <= Rise(x, Solve(finite, outside, support));
            (finite, support) = (x, outside.logical_not().sum(-1, keepdim: true).clamp_min(1));
        }

        return Power((x - Solve(finite, outside, support)).clamp_min(0));
    }

    private Tensor Solve(Tensor x, Tensor outside, Tensor support) => Threshold(x.masked_fill(outside, 0), outside, support.to(x.dtype));

    // Σ p = 1 by Newton's method, from the threshold of the few: it is not above the solution, and as the sum is convex in τ, no step goes past it.
    private Tensor Rise(Tensor x, Tensor threshold)
    {
        using var _ = torch.no_grad();
        while (true)
        {
            var above = (x - threshold).clamp_min(0);
            var next = threshold + (Power(above).sum(-1, keepdim: true) - 1) / Slope(above).clamp_min(1e-30);
            if (!(next > threshold).any().ToBoolean()) return threshold;
            threshold = next.maximum(threshold);
        }
    }

    /// <summary>(α − 1) z.</summary>
    private protected abstract Tensor Scale(Tensor scores);

    /// <summary>p from [(α − 1) z − τ]₊.</summary>
    private protected abstract Tensor Power(Tensor above);

    /// <summary>How fast Σ p falls as τ rises, [B, T, 1].</summary>
    private protected abstract Tensor Slope(Tensor above);

    /// <summary>How many locations have weight, as far as these show.</summary>
    /// <param name="sorted">The largest (α − 1) z [B, T, K], in falling order; −∞ behind the last that is allowed.</param>
    /// <param name="rank">1..K.</param>
    /// <returns>int64 [B, T, 1], in 1..K.</returns>
    private protected abstract Tensor Support(Tensor sorted, Tensor rank);

    /// <summary>The threshold, by a formula that holds on the support, and whose derivative is therefore that of the map.</summary>
    /// <param name="x">(α − 1) z on the support, else 0, [B, T, K].</param>
    /// <param name="outside">Boolean [B, T, K], false on the support.</param>
    /// <param name="count">k, its size [B, T, 1].</param>
    /// <returns>τ [B, T, 1].</returns>
    private protected abstract Tensor Threshold(Tensor x, Tensor outside, Tensor count);
}
