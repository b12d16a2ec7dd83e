namespace AttentionNotebooks;

/// <summary>The fast path: scaled dot product, softmax and expected read in one kernel (Vaswani et al. 2017, eq. 1), which never writes the weights down.</summary>
internal static class FusedAttention
{
    /// <summary>Reads in one kernel where score, distribution, read and values allow it; without a mask, since it has no answer for a row that is all masked.</summary>
    /// <returns>c [B, T, D]; null where they do not.</returns>
    public static Tensor? Read(Score score, Distribution distribution, Read read, Tensor query, Tensor keys, Values values)
    {
        if (score is not ScaledDotScore || distribution is not Softmax softmax || read is not Expected || values.Present is not Tensor present) return null;
        // What is to be checked must be there.
        if (AttentionChecks.Enabled) return null;
        Shape.Require(query, nameof(query), "B", "T", "D");
        Shape.Require(keys, nameof(keys), query.shape[0], "N", query.shape[2]);
        Shape.Require(present, nameof(values), query.shape[0], keys.shape[1], "D");
        var scaled = softmax.Temperature == 1 ? query : query / softmax.Temperature;
        return torch.nn.functional.scaled_dot_product_attention(scaled, keys, present);
    }
}
