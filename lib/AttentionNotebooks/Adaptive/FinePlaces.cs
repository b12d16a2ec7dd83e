namespace AttentionNotebooks;

/// <summary>The fine locations within the cells that each query chose.</summary>
/// <param name="Index">int64 [B, T, M], in 0..N−1, no location twice in a row where its cell was chosen.</param>
/// <param name="Open">Boolean [B, T, M], true where the location may be attended to.</param>
internal sealed record FinePlaces(Tensor Index, Tensor Open)
{
    /// <summary>The values at these places, [B·T, M, D]; computed when they are read.</summary>
    public Values Within(Values values) => Values.Lazy(() => Read(values, Index), locations => Read(values, Index.flatten(0, 1).gather(1, locations)));

    /// <summary>From weights over the places, [B·T, 1, M], to weights over all N locations, [B, T, N].</summary>
    public Tensor Spread(Tensor weights, long locations)
    {
        var (b, t) = (Index.shape[0], Index.shape[1]);
        return weights.new_zeros(b, t, locations).scatter_add(-1, Index, weights.reshape(Index.shape));
    }

    /// <summary>From a choice among the places, [B·T, 1, K], to locations [B, T, K]; all places that are open where there was no choice.</summary>
    public Tensor Chosen(Tensor? choice)
    {
        if (choice is null) return Index.masked_fill(Open.logical_not(), Categorical.Nothing);
        var among = choice.reshape(Index.shape[0], Index.shape[1], choice.shape[2]);
        return Index.gather(-1, among.clamp_min(0)).masked_fill(among < 0, Categorical.Nothing);
    }

    private Tensor Read(Values values, Tensor index)
    {
        using var scope = torch.NewDisposeScope();
        var (b, t, m) = (Index.shape[0], Index.shape[1], index.shape[^1]);
        var read = values.At(index.reshape(b, t * m));
        return read.reshape(b * t, m, read.shape[2]).MoveToOuterDisposeScope();
    }
}
