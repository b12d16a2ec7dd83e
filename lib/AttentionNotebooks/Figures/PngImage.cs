using System.Buffers.Binary;
using System.IO.Compression;

namespace AttentionNotebooks;

/// <summary>Encodes 8-bit pixels as PNG (ISO/IEC 15948), for pictures inside pages.</summary>
internal static class PngImage
{
    private static readonly byte[] _signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">1 grey, 2 grey and opacity, 3 RGB, 4 RGB and opacity.</param>
    /// <param name="pixels">Row by row, channels together.</param>
    public static byte[] Encode(int width, int channels, ReadOnlySpan<byte> pixels)
    {
        int stride = width * channels;
        int height = stride == 0 ? 0 : pixels.Length / stride;
        if (height == 0 || height * stride != pixels.Length)
            throw new ArgumentException($"{pixels.Length} bytes are no rows of {width} pixels with {channels} channels.", nameof(pixels));

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = channels switch { 1 => 0, 2 => 4, 3 => 2, 4 => 6, _ => throw new ArgumentOutOfRangeException(nameof(channels), channels, "PNG has 1 to 4 channels.") };

        using var file = new MemoryStream();
        file.Write(_signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, stride));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The file as an address that a page can carry in itself.</summary>
    public static string DataAddress(int width, int channels, ReadOnlySpan<byte> pixels) => "data:image/png;base64," + Convert.ToBase64String(Encode(width, channels, pixels));

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int stride)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (int start = 0; start < pixels.Length; start += stride)
            {
                zlib.WriteByte(0); // this row is not filtered
                zlib.Write(pixels.Slice(start, stride));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.Value);
        file.Write(number);
    }
}
