namespace AttentionNotebooks;

/// <summary>Some words in a row, and what they say.</summary>
/// <param name="Start">The first word.</param>
/// <param name="End">The word after the last.</param>
/// <param name="Label">0 very negative, 1 negative, 2 neutral, 3 positive, 4 very positive.</param>
public readonly record struct Phrase(int Start, int End, int Label);
