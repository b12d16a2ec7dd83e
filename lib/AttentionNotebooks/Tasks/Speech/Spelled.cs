namespace AttentionNotebooks;

/// <summary>One symbol of a spelling.</summary>
/// <param name="Logits">[B, symbols], before the softmax.</param>
/// <param name="Attended">What the attention recorded, with T = 1.</param>
/// <param name="State">Where the speller is now.</param>
public sealed record Spelled(Tensor Logits, AttentionResult Attended, SpellerState State);
