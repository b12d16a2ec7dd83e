namespace AttentionNotebooks;

/// <summary>The fast path: scaled dot product, softmax and expected read in one kernel (Vaswani et al. 2017, eq. 1), which never writes the weights down.</summary>
/// <remarks>
/// What it is for is memory, which is linear in the queries and locations (notebook 14 measures it), so it is taken where the weights would not fit the caches, and on a GPU always.
/// Where they do, somebody is likely to want to see them, and would have them computed a second time.
/// </remarks>
internal static class FusedAttention
{
    private const long ManyWeights = 8L << 20;

    /// <summary>Whether score, distribution, read and values allow it, and it pays. A mask does not: the kernel has no answer for a row that is all masked.</summary>
    public static bool Applies(Score score, Distribution distribution, Read read, Tensor query, Tensor keys, Values values, Tensor? mask)
    {
        if (score is not ScaledDotScore || distribution is not Softmax || read is not Expected || values.Present is null || mask is not null) return false;
        // What is to be checked must be there; and what has no shape to count by is an error to be told elsewhere.
        if (AttentionChecks.Enabled || query.dim() != 3 || keys.dim() != 3) return false;
        return query.device_type == DeviceType.CUDA || query.shape[0] * query.shape[1] * keys.shape[1] >= ManyWeights;
    }

    /// <summary>Reads in one kernel.</summary>
    /// <param name="query">q [B, T, D].</param>
    /// <param name="keys">k [B, N, D].</param>
    /// <param name="values">v [B, N, Dv].</param>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <returns>c [B, T, Dv].</returns>
    public static Tensor Read(Tensor query, Tensor keys, Tensor values, double temperature)
    {
        Shape.Require(query, nameof(query), "B", "T", "D");
        Shape.Require(keys, nameof(keys), query.shape[0], "N", query.shape[2]);
        Shape.Require(values, nameof(values), query.shape[0], keys.shape[1], "D");
        using var scope = torch.NewDisposeScope();
        var scaled = temperature == 1 ? query : query / temperature;
        // [B, 1, T, D]: without a dimension for heads, libtorch falls back silently to the three steps, weights and all.
        return torch.nn.functional.scaled_dot_product_attention(scaled.unsqueeze(1), keys.unsqueeze(1), values.unsqueeze(1)).squeeze(1).MoveToOuterDisposeScope();
    }
}
