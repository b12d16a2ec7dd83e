using System.Globalization;

namespace AttentionNotebooks;

/// <summary>One recording of every digit: its wave, and under it the log-mel features that a recogniser sees.</summary>
internal static class SpeechSheet
{
    private const int Columns = 5;
    private const int CellWidth = 140;
    private const int CellHeight = 150;
    private const int Inside = 128;
    private const int WaveHeight = 44;
    private const int FeatureHeight = 64;

    /// <summary>Draws the first recording of every digit, each by the next speaker in turn.</summary>
    /// <param name="set">The recordings.</param>
    public static byte[] Draw(SpokenDigitSet set)
    {
        var sheet = new SvgDrawing(Columns * CellWidth, (2 * CellHeight) + 24);
        using var features = new LogMel(set.SampleRate);
        for (var digit = 0; digit < 10; digit++)
        {
            var speaker = set.Speakers[digit % set.Speakers.Count];
            var recording = set.Recordings.First(r => r.Digit == digit && r.Speaker == speaker);
            DrawOne(sheet, recording, features, (digit % Columns * CellWidth) + 6, digit / Columns * CellHeight);
        }

        sheet.Text(6, (2 * CellHeight) + 14, "above: the wave, as high as its loudest sample; below: log energy in 32 mel bands, low bands at the bottom, dark is loud", size: 12);
        return sheet.Encode();
    }

    private static void DrawOne(SvgDrawing sheet, Recording recording, LogMel features, double x, double y)
    {
        sheet.Text(x, y + 16, $"{recording.Digit}", size: 15, bold: true);
        sheet.Text(x + 16, y + 16, string.Create(CultureInfo.InvariantCulture, $"{recording.Speaker}, {(double)recording.Samples.Length / features.SampleRate:F2} s"), size: 12);
        sheet.Polyline(Wave(recording.Samples, x, y + 24 + (WaveHeight / 2.0)), Palette.Soft, 0.8);
        var (frames, pixels) = Features(recording.Samples, features);
        sheet.Picture(x, y + 28 + WaveHeight, Inside, FeatureHeight, PngImage.DataAddress(frames, 1, pixels));
    }

    // The lowest and the highest sample of every half pixel.
    private static IEnumerable<(double X, double Y)> Wave(float[] samples, double x, double middle)
    {
        const int Steps = 2 * Inside;
        var loudest = Math.Max(1e-6f, samples.Max(Math.Abs));
        for (var step = 0; step < Steps; step++)
        {
            var from = (int)((long)samples.Length * step / Steps);
            var piece = samples.AsSpan(from, Math.Max(1, (int)((long)samples.Length * (step + 1) / Steps) - from));
            var (low, high) = (0f, 0f);
            foreach (var sample in piece) (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            yield return (x + (step / 2.0), middle - (high / loudest * WaveHeight / 2));
            yield return (x + (step / 2.0), middle - (low / loudest * WaveHeight / 2));
        }
    }

    private static (int Frames, byte[] Pixels) Features(float[] samples, LogMel features)
    {
        using var scope = torch.NewDisposeScope();
        var energies = features.forward(torch.tensor(samples).unsqueeze(0))[0];
        var (lowest, highest) = (energies.min(), energies.max());
        // Rows from the highest band to the lowest, dark where loud.
        var grey = (255 * (1 - ((energies - lowest) / (highest - lowest)))).transpose(0, 1).flip(0).round().to_type(torch.uint8).contiguous();
        return ((int)energies.shape[0], grey.data<byte>().ToArray());
    }
}
