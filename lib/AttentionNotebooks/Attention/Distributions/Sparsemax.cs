namespace AttentionNotebooks;

/// <summary>The Euclidean projection of the scores onto the simplex, p = [z − τ]₊ (Martins &amp; Astudillo 2016, eq. 2 and Alg. 1): α-entmax with α = 2.</summary>
public sealed class Sparsemax : Entmax
{
    private readonly Tensor alpha = torch.tensor(2.0).DetachFromDisposeScope();

    /// <summary>Makes a sparsemax.</summary>
    public Sparsemax() : base(nameof(Sparsemax)) => RegisterComponents();

    /// <inheritdoc/>
    protected override Tensor Alpha => alpha;

    /// <inheritdoc/>
    protected override Tensor Threshold(Tensor x, Tensor power)
    {
        var (sorted, _) = x.sort(-1, descending: true);
        var rank = torch.arange(1, x.shape[2] + 1, x.dtype, x.device);
        var cumulative = sorted.cumsum(-1);
        // k = max { k : 1 + k z₍ₖ₎ > Σⱼ≤ₖ z₍ⱼ₎ },  τ = (Σⱼ≤ₖ z₍ⱼ₎ − 1) / k   Martins & Astudillo 2016, Alg. 1
        var support = (sorted * rank + 1 > cumulative).sum(-1, keepdim: true);
        return (cumulative.gather(-1, support - 1) - 1) / support.to(x.dtype);
    }
}
