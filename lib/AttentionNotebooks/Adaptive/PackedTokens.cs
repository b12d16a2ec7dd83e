namespace AttentionNotebooks;

/// <summary>Selected tokens moved together, so that what follows computes on them only: M is the most that any example selected.</summary>
/// <param name="Index">int64 [B, M], where they stood; no token twice.</param>
/// <param name="Valid">Boolean [B, M], false where an example has selected fewer.</param>
internal sealed record PackedTokens(Tensor Index, Tensor Valid)
{
    /// <summary>Packs them in their order.</summary>
    /// <param name="selected">Boolean [B, N].</param>
    public static PackedTokens Of(Tensor selected)
    {
        var n = selected.shape[1];
        var most = selected.numel() == 0 ? n : Math.Max(1, selected.sum(-1).max().ToInt64());
        // Selected ones first, each group in its order.
        var order = torch.arange(n, torch.int64, selected.device) + n * selected.logical_not().to(torch.int64);
        var first = order.topk((int)most, -1, largest: false, sorted: true).values;
        return new PackedTokens(first.remainder(Math.Max(1, n)), first < n);
    }

    /// <summary>Takes rows to the packed places: from [B, N, D] to [B, M, D].</summary>
    public Tensor Gather(Tensor rows) => rows.gather(1, Wide(rows.shape[2]));

    /// <summary>Takes rows back to where they stood, 0 elsewhere: from [B, M, D], 0 where not valid (such a row attends to nothing), to [B, N, D].</summary>
    public Tensor Spread(Tensor rows, long tokens) =>
        rows.new_zeros(rows.shape[0], tokens, rows.shape[2]).scatter(1, Wide(rows.shape[2]), rows);

    private Tensor Wide(long features) => Index.unsqueeze(-1).expand(Index.shape[0], Index.shape[1], features);
}
