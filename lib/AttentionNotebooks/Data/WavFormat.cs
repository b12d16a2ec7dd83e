namespace AttentionNotebooks;

/// <summary>How samples are stored in a WAV file.</summary>
/// <param name="Channels">1 or 2.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Bits">Bits of a sample, 8 or 16.</param>
internal sealed record WavFormat(int Channels, int SampleRate, int Bits)
{
    /// <summary>Bytes of one sample of every channel.</summary>
    public int Block => Channels * Bits / 8;

    /// <summary>One sample of every channel, averaged, -1 to below 1.</summary>
    public float Decode(ReadOnlySpan<byte> block)
    {
        var sum = 0f;
        for (var i = 0; i < Channels; i++)
        {
            // 8 bits are unsigned around 128, 16 bits signed around 0.
            sum += Bits == 8 ? (block[i] - 128) / 128f : System.Buffers.Binary.BinaryPrimitives.ReadInt16LittleEndian(block[(2 * i)..]) / 32768f;
        }

        return sum / Channels;
    }
}
