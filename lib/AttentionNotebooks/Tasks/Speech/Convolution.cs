namespace AttentionNotebooks;

/// <summary>A convolution over time.</summary>
/// <param name="Channels">How many filters it has.</param>
/// <param name="Width">How many frames a filter spans, an odd number, so that it has a middle.</param>
/// <param name="Stride">How many frames it steps on.</param>
public sealed record Convolution(int Channels, int Width, int Stride);
