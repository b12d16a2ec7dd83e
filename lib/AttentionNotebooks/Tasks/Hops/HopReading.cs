namespace AttentionNotebooks;

/// <summary>What a reader of cards said, and how many it read.</summary>
/// <param name="Said">int64 [B], the answers; no gradient.</param>
/// <param name="Steps">int64 [B], how many looks each took.</param>
public sealed record HopReading(Tensor Said, Tensor Steps)
{
    /// <summary>What each look would have said, int64 [B, N]; null where looks are not on their own.</summary>
    public Tensor? EachSaid { get; init; }
}
