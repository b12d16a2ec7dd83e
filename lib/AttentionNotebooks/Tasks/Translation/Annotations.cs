namespace AttentionNotebooks;

/// <summary>What an encoder makes of sentences; Bahdanau et al. (2015, §3.2) call the states of its steps annotations.</summary>
/// <param name="States">h [B, N, D], what is read at each of the N words, 0 after the end.</param>
/// <param name="Keys">k [B, N, D], what a word is found by.</param>
/// <param name="Mask">Boolean [B, N], false after the end.</param>
/// <param name="Start">s₀ [B, H], where the decoder starts from.</param>
public sealed record Annotations(Tensor States, Tensor Keys, Tensor Mask, Tensor Start)
{
    /// <summary>The same with another form of each tensor.</summary>
    /// <param name="change">From a tensor [B, …] to its other form.</param>
    public Annotations Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(change(States), change(Keys), change(Mask), change(Start));
    }

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public Annotations MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor[])[States, Keys, Mask, Start]) tensor.MoveToOuterDisposeScope();
        return this;
    }
}
