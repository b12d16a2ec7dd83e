namespace AttentionNotebooks;

/// <summary>Where to look next.</summary>
/// <param name="Location">l [B, 2], x and y in −1..1; no gradient.</param>
public sealed record Fixation(Tensor Location)
{
    /// <summary>log p(l) [B], in nats, of what was drawn, before it was kept within the image; null where nothing was left to chance.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of what it was drawn from, [B], in nats; null where nothing was left to chance.</summary>
    public Tensor? Entropy { get; init; }
}
