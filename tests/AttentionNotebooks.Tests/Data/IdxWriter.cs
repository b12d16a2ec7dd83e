using System.Buffers.Binary;
using System.IO.Compression;

namespace AttentionNotebooks;

/// <summary>Writes IDX files, right and wrong, for the tests of the reader.</summary>
internal static class IdxWriter
{
    public const uint ImageMagic = 0x0803;
    public const uint LabelMagic = 0x0801;

    public static byte[] Idx(uint magic, uint[] sizes, byte[] values)
    {
        var bytes = new byte[4 + (4 * sizes.Length) + values.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, magic);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + (4 * i)), sizes[i]);
        values.CopyTo(bytes, bytes.Length - values.Length);
        return bytes;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return memory.ToArray();
    }

    /// <summary>Images whose pixels count up, so that a shift by one byte shows.</summary>
    public static byte[] Images(int count, int height = 28, int width = 28) =>
        Idx(ImageMagic, [(uint)count, (uint)height, (uint)width], Counting(count * height * width));

    public static byte[] Labels(int count) => Idx(LabelMagic, [(uint)count], Array.ConvertAll(Counting(count), b => (byte)(b % 10)));

    public static byte[] Counting(int count) => Array.ConvertAll(Enumerable.Range(0, count).ToArray(), i => (byte)(i * 31));
}
