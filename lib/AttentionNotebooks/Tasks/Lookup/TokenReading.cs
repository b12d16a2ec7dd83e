namespace AttentionNotebooks;

/// <summary>What a reader makes of a batch of sequences.</summary>
/// <param name="Logits">[B, S], of the answer, before the softmax.</param>
/// <param name="Attended">What the attention recorded: weights [B, N, N].</param>
/// <param name="Heads">Boolean [B, N], which tokens look.</param>
/// <param name="Dependents">Boolean [B, N], which are looked at.</param>
public sealed record TokenReading(Tensor Logits, AttentionResult Attended, Tensor Heads, Tensor Dependents)
{
    /// <summary>How many pairs i ≠ j are related, [B] float32, of N².</summary>
    public Tensor Pairs()
    {
        using var scope = torch.NewDisposeScope();
        var (heads, dependents) = (Heads.to(torch.float32), Dependents.to(torch.float32));
        return (heads.sum(1) * dependents.sum(1) - (heads * dependents).sum(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Whether the one pair that holds the answer is among them, [B] float32.</summary>
    /// <param name="batch">The sequences.</param>
    public Tensor Kept(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var (asks, tells) = (Heads.gather(1, batch.Question.unsqueeze(1)), Dependents.gather(1, batch.Card.unsqueeze(1)));
        return asks.logical_and(tells).squeeze(1).to(torch.float32).MoveToOuterDisposeScope();
    }
}
