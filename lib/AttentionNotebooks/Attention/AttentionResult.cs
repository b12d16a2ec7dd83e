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
}
