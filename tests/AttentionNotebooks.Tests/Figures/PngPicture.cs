using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AttentionNotebooks.Tests;

/// <summary>A second, independent reading of PNG: chunks, bitwise checksums, unfiltered rows.</summary>
internal sealed record PngPicture(int Width, int Height, int Channels, byte[] Pixels)
{
    public static PngPicture Decode(ReadOnlySpan<byte> file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8].ToArray());
        var chunks = new List<(string Type, byte[] Data)>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> covered = file.Slice(at + 4, length + 4);
            Assert.Equal(Crc(covered), BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + length)..]));
            chunks.Add((Encoding.ASCII.GetString(covered[..4]), covered[4..].ToArray()));
            at += 12 + length;
        }

        Assert.Equal("IHDR IDAT IEND", string.Join(' ', chunks.Select(chunk => chunk.Type)));
        return FromChunks(chunks[0].Data, chunks[1].Data);
    }

    public static PngPicture OfDataAddress(string address)
    {
        const string Prefix = "data:image/png;base64,";
        Assert.StartsWith(Prefix, address, StringComparison.Ordinal);
        return Decode(Convert.FromBase64String(address[Prefix.Length..]));
    }

    public byte[] At(int row, int column) => Pixels.AsSpan(((row * Width) + column) * Channels, Channels).ToArray();

    private static PngPicture FromChunks(byte[] header, byte[] data)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        Assert.Equal([8, 0, 0, 0], new[] { header[8], header[10], header[11], header[12] });
        int channels = header[9] switch { 0 => 1, 4 => 2, 2 => 3, 6 => 4, var type => throw new InvalidDataException($"colour type {type}") };

        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        int stride = 1 + (width * channels);
        Assert.Equal(height * stride, rows.Length);
        byte[][] lines = [.. rows.ToArray().Chunk(stride)];
        Assert.All(lines, line => Assert.Equal(0, line[0]));
        return new PngPicture(width, height, channels, [.. lines.SelectMany(line => line.Skip(1))]);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
