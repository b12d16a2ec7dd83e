namespace AttentionNotebooks;

/// <summary>A caption of one scene, and where the captioner looked for each of its words.</summary>
/// <param name="Words">The T words, without the end.</param>
/// <param name="Weights">[T, N], in 0..1: how much each place counted for each word, places row by row.</param>
public sealed record CaptionLooks(IReadOnlyList<string> Words, float[,] Weights);
