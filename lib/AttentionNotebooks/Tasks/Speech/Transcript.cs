namespace AttentionNotebooks;

/// <summary>What was transcribed, and where it was read.</summary>
/// <param name="Symbols">[B, S] int64; what follows the first end symbol of a row means nothing.</param>
/// <param name="Attended">[B, S, N], what each step attended to: its weights, or 1 at what it chose.</param>
public sealed record Transcript(Tensor Symbols, Tensor Attended);
