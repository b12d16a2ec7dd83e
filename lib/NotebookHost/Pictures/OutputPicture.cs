namespace NotebookHost;

/// <summary>An HTML output as it looks, and each chart in it alone.</summary>
/// <param name="Png">All of it: heading, chart, caption.</param>
/// <param name="Width">In CSS pixels, whatever the number of device pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="Alternative">What it shows, in words.</param>
/// <param name="Charts">The charts of the library in it, in order.</param>
internal sealed record OutputPicture(byte[] Png, int Width, int Height, string Alternative, IReadOnlyList<(byte[] Png, int Width)> Charts);
