namespace AttentionNotebooks;

/// <summary>Each location has a gate of its own, open or shut whatever the others do: a mask over the locations, a rationale (Lei et al. 2016, §3).</summary>
/// <param name="Weights">How far open each gate is expected to be, E[z] [B, T, N], in 0..1; 0 at a masked location.</param>
/// <param name="Open">The probability that a gate is not quite shut, P(z ≠ 0) [B, T, N], in 0..1; 0 at a masked location.</param>
public abstract record Gates(Tensor Weights, Tensor Open) : Locations(Weights)
{
    /// <summary>How many gates are expected not to be shut, the expected L0 norm of the mask (Louizos et al. 2018, eq. 6; Bastings et al. 2019, eq. 9).</summary>
    /// <returns>Σₙ P(zₙ ≠ 0) [B, T], in 0..N.</returns>
    public Tensor ExpectedCount() => Open.sum(-1);

    /// <summary>How often neighbouring gates are expected to differ in being shut, the expected fused lasso of the mask (Bastings et al. 2019, eq. 10).</summary>
    /// <returns>Σₙ P(zₙ = 0) P(zₙ₊₁ ≠ 0) + P(zₙ ≠ 0) P(zₙ₊₁ = 0) [B, T], in 0..N−1.</returns>
    public Tensor ExpectedChanges()
    {
        using var scope = torch.NewDisposeScope();
        var pairs = Math.Max(Open.shape[2] - 1, 0);
        var (left, right) = (Open.narrow(-1, 0, pairs), Open.narrow(-1, Open.shape[2] - pairs, pairs));
        return ((1 - left) * right + left * (1 - right)).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>The locations whose gate is not shut, in their order; as many columns as the fullest row needs, at least one.</summary>
    /// <param name="open">Boolean [B, T, N].</param>
    /// <returns>z [B, T, K] int64, filled up with <see cref="Locations.Nothing"/>.</returns>
    internal static Tensor Choose(Tensor open)
    {
        using var scope = torch.NewDisposeScope();
        var n = open.shape[2];
        // The earlier a location, the larger its number, so the largest K are the open ones in their order.
        var order = open.to(torch.int64) * torch.arange(n, 0, -1, torch.int64, open.device);
        var fullest = open.numel() == 0 ? 0 : open.sum(-1).max().ToInt64();
        var (rank, location) = order.topk((int)Math.Max(fullest, Math.Min(n, 1)));
        return location.masked_fill(rank <= 0, Nothing).MoveToOuterDisposeScope();
    }
}
