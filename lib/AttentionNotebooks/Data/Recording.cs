namespace AttentionNotebooks;

/// <summary>Somebody says one digit.</summary>
/// <param name="Digit">Which, 0 to 9.</param>
/// <param name="Speaker">Who.</param>
/// <param name="Number">The how-manieth time, from 0.</param>
/// <param name="Samples">What was recorded, -1 to below 1. Not a copy: leave it as it is.</param>
public sealed record Recording(int Digit, string Speaker, int Number, float[] Samples);
