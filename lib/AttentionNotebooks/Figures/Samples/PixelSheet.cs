namespace AttentionNotebooks;

/// <summary>Small grey images in columns, one a class, as one PNG file.</summary>
internal static class PixelSheet
{
    private const int Gap = 2;
    private const byte Between = 255;

    /// <summary>Draws the first images of every class.</summary>
    /// <param name="set">The images.</param>
    /// <param name="rows">How many of each class.</param>
    /// <param name="zoom">The side of a pixel.</param>
    public static byte[] Draw(DigitSet set, int rows, int zoom = 2)
    {
        var (columns, high, wide) = (set.ClassNames.Count, (set.Height * zoom) + Gap, (set.Width * zoom) + Gap);
        var width = (columns * wide) + Gap;
        var sheet = new byte[((rows * high) + Gap) * width];
        Array.Fill(sheet, Between);
        var drawn = new int[columns];
        for (var i = 0; i < set.Count; i++)
        {
            var column = set.Labels[i];
            if (drawn[column] == rows) continue;
            var corner = ((Gap + (drawn[column]++ * high)) * width) + Gap + (column * wide);
            Magnify(set.Image(i), set.Width, zoom, sheet.AsSpan(corner), width);
        }

        return PngImage.Encode(width, 1, sheet);
    }

    private static void Magnify(ReadOnlySpan<byte> image, int side, int zoom, Span<byte> to, int stride)
    {
        for (var row = 0; row < image.Length / side * zoom; row++)
        {
            for (var column = 0; column < side * zoom; column++) to[(row * stride) + column] = image[(row / zoom * side) + (column / zoom)];
        }
    }
}
