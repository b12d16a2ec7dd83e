namespace AttentionNotebooks;

/// <summary>Features of several signals side by side.</summary>
/// <param name="Features">[B, T, M], 0 after the end of each signal.</param>
/// <param name="Lengths">[B] int64, how many frames each has, 1..T.</param>
public sealed record SpeechBatch(Tensor Features, Tensor Lengths);
