namespace AttentionNotebooks;

/// <summary>What a <see cref="DigitListener"/> makes of a batch of recordings.</summary>
/// <param name="Logits">[B, 10], before the softmax.</param>
/// <param name="Attended">What the attention recorded, with T = 1.</param>
public sealed record DigitHearing(Tensor Logits, AttentionResult Attended);
