namespace AttentionNotebooks;

/// <summary>A WAV file of plain samples: RIFF, uncompressed PCM, 8 bits unsigned or 16 bits signed, one channel or two (IBM and Microsoft 1991).</summary>
public sealed class WavFile
{
    internal WavFile(string path, WavFormat format, float[] samples) =>
        (Path, SampleRate, Channels, Bits, Samples) = (path, format.SampleRate, format.Channels, format.Bits, samples);

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>Channels in the file, 1 or 2; two are averaged.</summary>
    public int Channels { get; }

    /// <summary>Bits of a sample in the file, 8 or 16.</summary>
    public int Bits { get; }

    /// <summary>The samples, -1 to below 1. Not a copy: leave it as it is.</summary>
    public float[] Samples { get; }

    /// <summary>How long it lasts, in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is missing, is no WAV file, is cut short, or holds something else than 8- or 16-bit PCM.</exception>
    public static WavFile Read(string path) => DataFile.Read(path, file => new WavReader(file, file.Length, path, "").Read());
}
