namespace AttentionNotebooks;

/// <summary>Which tokens were selected.</summary>
/// <param name="Selected">z, boolean [B, N]; no gradient.</param>
public sealed record TokenSelection(Tensor Selected)
{
    /// <summary>log p(z) [B, 1], in nats, of all tokens together; null where nothing was left to chance.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of all gates together [B, 1], in nats; null where nothing was left to chance.</summary>
    public Tensor? Entropy { get; init; }
}
