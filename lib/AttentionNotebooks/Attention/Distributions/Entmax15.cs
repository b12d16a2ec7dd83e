namespace AttentionNotebooks;

/// <summary>α-entmax with α = 1.5, p = [z/2 − τ]₊², between softmax and sparsemax, by sorting (Peters et al. 2019, Alg. 2).</summary>
public sealed class Entmax15 : SortedEntmax
{
    /// <summary>Makes a 1.5-entmax.</summary>
    public Entmax15() : base(nameof(Entmax15))
    {
    }

    private protected override Tensor Scale(Tensor scores) => scores / 2;

    private protected override Tensor Power(Tensor above) => above.square();

    private protected override Tensor Slope(Tensor above) => 2 * above.sum(-1, keepdim: true);

    // Of the k largest: mean M and sum of squared deviations S;  τₖ = M − √((1 − S) / k), k = the last with τₖ ≤ z₍ₖ₎   Peters 2019, Alg. 2
    private protected override Tensor Support(Tensor sorted, Tensor rank)
    {
        // Below −1 no location can have weight, and its square would only cost digits.
        var near = sorted.clamp_min(-2);
        var mean = near.cumsum(-1) / rank;
        // (1 − S) / k = (1 − Σ z²) / k + M²
        var thresholds = mean - ((1 - near.square().cumsum(-1)) / rank + mean.square()).clamp_min(0).sqrt();
        return (thresholds <= near).sum(-1, keepdim: true);
    }

    private protected override Tensor Threshold(Tensor x, Tensor outside, Tensor count)
    {
        var mean = x.sum(-1, keepdim: true) / count;
        var deviation = (x - mean).masked_fill(outside, 0).square().sum(-1, keepdim: true);
        // On the support M − τ is a mean of positive numbers; rounding aside, the root's argument is never 0.
        return mean - ((1 - deviation) / count).clamp_min(1e-30).sqrt();
    }
}
