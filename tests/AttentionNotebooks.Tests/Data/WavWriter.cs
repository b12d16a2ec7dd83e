using System.Text;

namespace AttentionNotebooks;

/// <summary>Writes WAV files, right and wrong.</summary>
internal static class WavWriter
{
    public static byte[] Wav(byte[] samples, int channels = 1, int bits = 16, uint rate = 8000, ushort kind = 1, uint? dataSize = null, uint? riffSize = null, byte[]? before = null)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.Latin1);
        writer.Write("RIFF"u8);
        writer.Write(riffSize ?? (uint)(36 + samples.Length + (before?.Length ?? 0)));
        writer.Write("WAVE"u8);
        writer.Write(before ?? []);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write(kind);
        writer.Write((ushort)channels);
        writer.Write(rate);
        writer.Write((uint)(rate * channels * bits / 8));
        writer.Write((ushort)(channels * bits / 8));
        writer.Write((ushort)bits);
        writer.Write("data"u8);
        writer.Write(dataSize ?? (uint)samples.Length);
        writer.Write(samples);
        return memory.ToArray();
    }

    public static byte[] Shorts(params short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];
}
