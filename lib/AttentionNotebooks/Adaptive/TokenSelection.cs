namespace AttentionNotebooks;

/// <summary>Which tokens were selected.</summary>
/// <param name="Selected">z, boolean [B, N]; no gradient.</param>
public sealed record TokenSelection(Tensor Selected)
{
    /// <summary>log p(zᵢ) [B, N], in nats, 0 at padding; null where nothing was left to chance.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of each gate [B, N], in nats, 0 at padding; null where nothing was left to chance.</summary>
    public Tensor? Entropy { get; init; }
}
