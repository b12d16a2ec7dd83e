namespace AttentionNotebooks;

/// <summary>What was transcribed, and where it was read.</summary>
/// <param name="Symbols">[B, S] int64; what follows the first end symbol of a row means nothing.</param>
/// <param name="Attended">[B, S, N], what each step attended to: its weights, or 1 at what it chose; 0 after the end of a signal.</param>
public sealed record Transcript(Tensor Symbols, Tensor Attended)
{
    /// <summary>Hands both tensors to the scope around the current one.</summary>
    /// <returns>The transcript itself.</returns>
    public Transcript MoveToOuterDisposeScope()
    {
        Symbols.MoveToOuterDisposeScope();
        Attended.MoveToOuterDisposeScope();
        return this;
    }
}
