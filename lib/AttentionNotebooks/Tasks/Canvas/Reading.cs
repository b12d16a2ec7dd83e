namespace AttentionNotebooks;

/// <summary>What a model makes of a batch of canvases.</summary>
/// <param name="Logits">[B, classes], before the softmax.</param>
/// <param name="Attended">What the attention recorded, with T = 1.</param>
/// <param name="Overview">[B, F], what the model knew before it chose; no gradient.</param>
public sealed record Reading(Tensor Logits, AttentionResult Attended, Tensor Overview);
