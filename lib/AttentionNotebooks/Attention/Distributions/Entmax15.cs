namespace AttentionNotebooks;

/// <summary>α-entmax with α = 1.5, p = [z/2 − τ]₊², between softmax and sparsemax, by sorting (Peters et al. 2019, Alg. 2).</summary>
public sealed class Entmax15 : Entmax
{
    private readonly Tensor alpha = torch.tensor(1.5).DetachFromDisposeScope();

    /// <summary>Makes a 1.5-entmax.</summary>
    public Entmax15() : base(nameof(Entmax15)) => RegisterComponents();

    /// <inheritdoc/>
    protected override Tensor Alpha => alpha;

    /// <inheritdoc/>
    protected override Tensor Threshold(Tensor x, Tensor power)
    {
        // Below −1 no location can have weight, and its square would only cost digits.
        var (sorted, _) = x.clamp_min(-2).sort(-1, descending: true);
        var rank = torch.arange(1, x.shape[2] + 1, x.dtype, x.device);
        // Of the k largest: mean M and sum of squared deviations S;  τₖ = M − √((1 − S) / k)   Peters 2019, Alg. 2
        var mean = sorted.cumsum(-1) / rank;
        var deviation = (sorted.square().cumsum(-1) / rank - mean.square()) * rank;
        var thresholds = mean - ((1 - deviation) / rank).clamp_min(0).sqrt();
        var support = (thresholds <= sorted).sum(-1, keepdim: true);
        return thresholds.gather(-1, support - 1);
    }
}
