namespace AttentionNotebooks;

/// <summary>The Euclidean projection of the scores onto the simplex, p = [z − τ]₊ (Martins &amp; Astudillo 2016, eq. 2 and Alg. 1): α-entmax with α = 2.</summary>
public sealed class Sparsemax : SortedEntmax
{
    /// <summary>Makes a sparsemax.</summary>
    public Sparsemax() : base(nameof(Sparsemax))
    {
    }

    private protected override Tensor Scale(Tensor scores) => scores;

    private protected override Tensor Power(Tensor above) => above;

    private protected override Tensor Slope(Tensor above) => above.sign().sum(-1, keepdim: true);

    // k = max { k : 1 + k z₍ₖ₎ > Σⱼ≤ₖ z₍ⱼ₎ }   Martins & Astudillo 2016, Alg. 1
    private protected override Tensor Support(Tensor sorted, Tensor rank) => (sorted * rank + 1 > sorted.cumsum(-1)).sum(-1, keepdim: true);

    // τ = (Σⱼ≤ₖ z₍ⱼ₎ − 1) / k   Martins & Astudillo 2016, Alg. 1
    private protected override Tensor Threshold(Tensor x, Tensor outside, Tensor count) => (x.sum(-1, keepdim: true) - 1) / count;
}
