namespace AttentionNotebooks;

/// <summary>Several spoken digits in one recording, and where each of them is.</summary>
/// <param name="Samples">What is heard. Not a copy: leave it as it is.</param>
/// <param name="Digits">What is said, in order, 0 to 9 each.</param>
/// <param name="Spans">Where each digit lies in <paramref name="Samples"/>: its first sample, and the one after its last.</param>
public sealed record DigitString(float[] Samples, byte[] Digits, IReadOnlyList<(int Start, int End)> Spans);
