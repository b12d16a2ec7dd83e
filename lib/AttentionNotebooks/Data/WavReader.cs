using System.Buffers.Binary;
using System.Text;

namespace AttentionNotebooks;

/// <summary>Reads one WAV file from a stream: a RIFF header, then chunks, of which the format and the samples matter.</summary>
/// <param name="bytes">The file's bytes; it need not seek.</param>
/// <param name="length">How many there are.</param>
/// <param name="path">The file.</param>
/// <param name="place">The place in the file, to begin messages with; empty if it is the file itself.</param>
internal sealed class WavReader(Stream bytes, long length, string path, string place)
{
    private const int Plain = 1;
    private const int LargestRate = 768_000;

    private readonly byte[] buffer = new byte[16];
    private long done;

    private long Left => length - done;

    public WavFile Read()
    {
        ReadRiff();
        WavFormat? format = null;
        while (Left > 0)
        {
            var (name, size) = ReadChunkHeader();
            if (name == "data") return new(path, format ?? throw Wrong($"the samples come before their format. {DataFile.Again}"), ReadSamples(format, size));
            if (name == "fmt ") format = ReadFormat(size);
            // A chunk of odd length is followed by one byte of padding.
            else Skip(size + (size & 1));
        }

        throw Wrong($"there are no samples in it (no chunk “data”). {DataFile.Again}");
    }

    private void ReadRiff()
    {
        var riff = ReadName("the header");
        if (riff is "RIFX" or "RF64") throw Wrong($"it is {riff}, a relative of WAV that is not read here. Convert it to 16-bit PCM WAV.");
        if (riff != "RIFF") throw Wrong($"it begins with “{riff}”, but a WAV file begins with “RIFF”. Is it the right file?");
        long size = ReadNumber("the header");
        if (size > Left) throw Wrong($"truncated: the header promises {size + 8} bytes, and there are {length}. {DataFile.Again}");
        var kind = ReadName("the header");
        if (kind != "WAVE") throw Wrong($"it is RIFF of the kind “{kind}”, not “WAVE”. Is it the right file?");
    }

    private (string Name, long Size) ReadChunkHeader()
    {
        var name = ReadName("a chunk's header");
        long size = ReadNumber("a chunk's header");
        if (size > Left) throw Wrong($"truncated: chunk “{name}” promises {size} bytes, and only {Left} follow. {DataFile.Again}");
        return (name, size);
    }

    private WavFormat ReadFormat(long size)
    {
        if (size < 16) throw Wrong($"the format has {size} bytes, and needs 16. {DataFile.Again}");
        var fields = ReadBytes(16, "the format");
        var (kind, channels) = (BinaryPrimitives.ReadUInt16LittleEndian(fields), BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]));
        var (rate, block) = (BinaryPrimitives.ReadUInt32LittleEndian(fields[4..]), BinaryPrimitives.ReadUInt16LittleEndian(fields[12..]));
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(fields[14..]);
        if (kind != Plain) throw Wrong($"the samples are {NameOf(kind)}, and only uncompressed PCM is read. Convert it to 16-bit PCM WAV.");
        if (bits is not (8 or 16)) throw Wrong($"a sample has {bits} bits, and only 8 or 16 are read. Convert it to 16-bit PCM WAV.");
        if (channels is not (1 or 2)) throw Wrong($"there are {channels} channels, and only one or two are read. Convert it to mono.");
        if (rate is 0 or > LargestRate) throw Wrong($"the header claims {rate} samples a second, which cannot be. {DataFile.Again}");
        var format = new WavFormat(channels, (int)rate, bits);
        if (block != format.Block) throw Wrong($"{channels} channels of {bits} bits are {format.Block} bytes, but the header says {block}. {DataFile.Again}");
        Skip(size - 16 + (size & 1));
        return format;
    }

    private float[] ReadSamples(WavFormat format, long size)
    {
        if (size == 0) throw Wrong($"it holds no sample. {DataFile.Again}");
        if (size % format.Block != 0) throw Wrong($"{size} bytes are no whole number of samples of {format.Block} bytes. {DataFile.Again}");

        var samples = new float[size / format.Block];
        var blocks = new byte[Math.Min(samples.Length, 4096) * format.Block];
        for (var from = 0; from < samples.Length;)
        {
            var count = Math.Min(blocks.Length / format.Block, samples.Length - from);
            Fill(blocks.AsSpan(0, count * format.Block), "the samples");
            for (var i = 0; i < count; i++) samples[from + i] = format.Decode(blocks.AsSpan(i * format.Block));
            from += count;
        }

        return samples;
    }

    private void Skip(long count)
    {
        // The padding of the last chunk may be missing.
        count = Math.Min(count, Left);
        var rubbish = new byte[Math.Min(count, 4096)];
        for (; count > 0; count -= Math.Min(count, rubbish.Length)) Fill(rubbish.AsSpan(0, (int)Math.Min(count, rubbish.Length)), "a chunk");
    }

    private string ReadName(string what) => Encoding.Latin1.GetString(ReadBytes(4, what));

    private uint ReadNumber(string what) => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4, what));

    private Span<byte> ReadBytes(int count, string what)
    {
        var span = buffer.AsSpan(0, count);
        Fill(span, what);
        return span;
    }

    private void Fill(Span<byte> span, string what)
    {
        var got = span.Length > Left ? 0 : bytes.ReadAtLeast(span, span.Length, throwOnEndOfStream: false);
        if (got < span.Length) throw Wrong($"truncated: it ends inside {what}, which needs {span.Length} bytes where only {Left} are left. {DataFile.Again}");
        done += got;
    }

    private DataFileException Wrong(string problem) => new(path, place + problem);

    private static string NameOf(int kind) => kind switch
    {
        2 or 17 => "ADPCM",
        3 => "floating point",
        6 => "A-law",
        7 => "µ-law",
        85 => "MP3",
        0xFFFE => "in the extensible format",
        _ => $"of kind {kind}",
    };
}
