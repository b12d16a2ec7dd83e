namespace AttentionNotebooks;

/// <summary>What cards can be found by: a key on each of them, and a query made from the key of the one that is wanted.</summary>
/// <param name="Features">D, the features of a key, and of a query.</param>
/// <param name="Count">N, how many cards lie on the table.</param>
public abstract record LookupCards(int Features, int Count)
{
    /// <summary>How often the plain dot product q·k is greatest at the right card, exactly, in 0..1.</summary>
    public abstract double DotPointing { get; }

    /// <summary>Draws the keys.</summary>
    /// <param name="tables">B, how many tables.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>k [B, N, D].</returns>
    internal abstract Tensor Keys(long tables, Generator generator);

    /// <summary>Asks for cards.</summary>
    /// <param name="keys">The keys of those that are wanted, [B, 1, D].</param>
    /// <param name="generator">Where the randomness comes from, where there is any.</param>
    /// <returns>q [B, 1, D].</returns>
    internal abstract Tensor Ask(Tensor keys, Generator generator);
}
