namespace AttentionNotebooks;

/// <summary>Where a computation that decides how long to go on has come to.</summary>
/// <param name="State">[B, S].</param>
/// <param name="Output">[B, O].</param>
/// <param name="Steps">N, int64 [B]: how many steps each example took, from 1; no gradient.</param>
public sealed record Pondered(Tensor State, Tensor Output, Tensor Steps)
{
    /// <summary>The ponder cost ρ = N + R [B], where the time is to be kept short by gradient; null where it is not.</summary>
    public Tensor? Cost { get; init; }

    /// <summary>Hands every tensor of the record to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public Pondered MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor?[])[State, Output, Steps, Cost]) tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
