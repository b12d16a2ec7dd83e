namespace AttentionNotebooks;

/// <summary>Where a <see cref="Speller"/> is after a symbol.</summary>
/// <param name="Hidden">s [B, H].</param>
/// <param name="Context">c [B, D], what it read last.</param>
/// <param name="Past">What it attended to so far; null at first.</param>
public sealed record SpellerState(Tensor Hidden, Tensor Context, Past? Past)
{
    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The state itself.</returns>
    public SpellerState MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor?[])[Hidden, Context, Past?.Attended, Past?.Anchor, Past?.Coverage]) tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
