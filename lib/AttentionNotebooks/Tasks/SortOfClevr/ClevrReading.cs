namespace AttentionNotebooks;

/// <summary>What a model makes of pictures and the questions about them.</summary>
/// <param name="Logits">[B, Q, answers], before the softmax.</param>
/// <param name="Hops">What the attention recorded, glimpse after glimpse, with a step for each question; none where there is no attention.</param>
/// <param name="Known">[B, Q, F], what was known before the first choice; no gradient.</param>
public sealed record ClevrReading(Tensor Logits, IReadOnlyList<AttentionResult> Hops, Tensor Known)
{
    /// <summary>Hands every tensor of the record to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    internal ClevrReading MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor[])[Logits, Known]) tensor.MoveToOuterDisposeScope();
        foreach (var hop in Hops) hop.MoveToOuterDisposeScope();
        return this;
    }
}
