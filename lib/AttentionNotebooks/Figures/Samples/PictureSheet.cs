namespace AttentionNotebooks;

/// <summary>Coloured pictures, two in a row, with what is said of each beside it.</summary>
internal static class PictureSheet
{
    private const int CellWidth = 350;
    private const int Shown = 112;
    private const int CellHeight = Shown + 12;
    private const int LineHeight = 18;
    private const int CharactersInLine = 36;

    /// <summary>A picture and what is said of it.</summary>
    /// <param name="Side">Its side, in pixels.</param>
    /// <param name="Planes">Red, green and blue, each row by row.</param>
    /// <param name="Lines">What is said of it.</param>
    public sealed record Sample(int Side, byte[] Planes, IReadOnlyList<string> Lines);

    /// <summary>Draws them.</summary>
    public static byte[] Draw(IReadOnlyList<Sample> samples)
    {
        var sheet = new SvgDrawing(2 * CellWidth, ((samples.Count + 1) / 2 * CellHeight) + 8);
        for (var i = 0; i < samples.Count; i++)
        {
            var (x, y) = ((i % 2 * CellWidth) + 8, (i / 2 * CellHeight) + 8);
            // A frame, for pictures on white.
            sheet.Rectangle(x - 1, y - 1, Shown + 2, Shown + 2, Palette.Control);
            sheet.Picture(x, y, Shown, Shown, PngImage.DataAddress(samples[i].Side, 3, Interleaved(samples[i].Planes)));
            var lines = samples[i].Lines.SelectMany(Wrapped).ToArray();
            for (var line = 0; line < lines.Length; line++) sheet.Text(x + Shown + 10, y + 14 + (line * LineHeight), lines[line], size: 12);
        }

        return sheet.Encode();
    }

    private static byte[] Interleaved(byte[] planes)
    {
        var (size, pixels) = (planes.Length / 3, new byte[planes.Length]);
        for (var i = 0; i < planes.Length; i++) pixels[(i % size * 3) + (i / size)] = planes[i];
        return pixels;
    }

    // Lines after the first of a sentence are set in.
    private static IEnumerable<string> Wrapped(string sentence)
    {
        var line = "";
        foreach (var word in sentence.Split(' '))
        {
            if (line.Trim().Length > 0 && line.Length + 1 + word.Length > CharactersInLine)
            {
                yield return line;
                line = "\u00A0\u00A0";
            }

            line = line.Trim().Length == 0 ? line + word : $"{line} {word}";
        }

        yield return line;
    }
}
