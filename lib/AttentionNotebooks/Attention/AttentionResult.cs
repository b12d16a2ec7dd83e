namespace AttentionNotebooks;

/// <summary>What one act of attention gives: the same record, soft or hard.</summary>
/// <param name="Context">c [B, T, D], what was read.</param>
/// <param name="Weights">α [B, T, N], in 0..1.</param>
public sealed record AttentionResult(Tensor Context, Tensor Weights)
{
    /// <summary>The locations that were read, z [B, T, K] int64, or <see cref="Categorical.Nothing"/>; null where all were.</summary>
    public Tensor? Choice { get; init; }

    /// <summary>log p(z) [B, T], in nats, of what was drawn; null where nothing was left to chance.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of the weights [B, T], in nats; null where nothing was left to chance.</summary>
    public Tensor? Entropy { get; init; }

    /// <summary>Hands every tensor of the record to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public AttentionResult MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor?[])[Context, Weights, Choice, LogProbability, Entropy]) tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
