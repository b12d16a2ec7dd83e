namespace AttentionNotebooks;

/// <summary>Sentences as a reader knows them before it chooses what to read.</summary>
/// <param name="Words">x [B, N, E], each word by itself; 0 at padding.</param>
/// <param name="Keys">k [B, N, E], each word where it stands; 0 at padding.</param>
/// <param name="Mask">Boolean [B, N], true at words.</param>
public sealed record EncodedSentences(Tensor Words, Tensor Keys, Tensor Mask)
{
    /// <summary>[B, E], the mean of the keys: what a learned baseline may look at; no gradient.</summary>
    public Tensor Known()
    {
        using var scope = torch.NewDisposeScope();
        return (Keys.detach().sum([1]) / Mask.sum(1, keepdim: true)).MoveToOuterDisposeScope();
    }
}
