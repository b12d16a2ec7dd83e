namespace AttentionNotebooks;

/// <summary>A sentence with its translation, and where the translator looked.</summary>
/// <param name="Source">The N words of the sentence, as the vocabulary has them, its end included.</param>
/// <param name="Target">The T words of the translation, its end included.</param>
/// <param name="Weights">α [T, N], in 0..1: how much each word of the sentence counted for each of the translation.</param>
public sealed record Translated(IReadOnlyList<string> Source, IReadOnlyList<string> Target, float[,] Weights);
