using System.Buffers.Binary;

namespace AttentionNotebooks;

/// <summary>
/// An IDX file of unsigned bytes, the format of MNIST (LeCun, Cortes, Burges 1998): a magic number 0x0000_08_rr that names the
/// element type (08) and the rank (rr), one big-endian 32-bit size per dimension, then the values, last dimension fastest.
/// </summary>
public sealed class IdxFile
{
    private const uint UnsignedBytes = 0x0800;

    private IdxFile(string path, int[] shape, byte[] values) => (Path, Shape, Values) = (path, shape, values);

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>The sizes, outermost first: [count, height, width] for images, [count] for labels.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, as many as the product of <see cref="Shape"/>, last dimension fastest.</summary>
    public byte[] Values { get; }

    /// <summary>Reads images: rank 3, [count, height, width], 0 to 255.</summary>
    /// <param name="path">The file, gzip-compressed or not: its first bytes tell.</param>
    /// <exception cref="DataFileException">The file is missing, is not an IDX file of images, is damaged, too short or too long.</exception>
    public static IdxFile ReadImages(string path) => Read(path, rank: 3, "images");

    /// <summary>Reads labels: rank 1, [count].</summary>
    /// <param name="path">The file, gzip-compressed or not: its first bytes tell.</param>
    /// <exception cref="DataFileException">The file is missing, is not an IDX file of labels, is damaged, too short or too long.</exception>
    public static IdxFile ReadLabels(string path) => Read(path, rank: 1, "labels");

    private static IdxFile Read(string path, int rank, string content) => DataFile.ReadUnpacked(path, bytes =>
    {
        var shape = ReadShape(bytes, path, rank, content);
        return new IdxFile(path, shape, ReadValues(bytes, path, shape));
    });

    private static int HeaderLength(int rank) => 4 + (4 * rank);

    private static int[] ReadShape(Stream bytes, string path, int rank, string content)
    {
        var header = new byte[HeaderLength(rank)];
        var magicBytes = bytes.ReadAtLeast(header.AsSpan(0, 4), 4, throwOnEndOfStream: false);
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var expected = UnsignedBytes + (uint)rank;
        if (magicBytes == 4 && magic != expected)
            throw new DataFileException(path, $"the magic number is 0x{magic:x8}, but IDX {content} begin with 0x{expected:x8}. Is it the right file?");

        var length = magicBytes + bytes.ReadAtLeast(header.AsSpan(magicBytes), header.Length - magicBytes, throwOnEndOfStream: false);
        if (length < header.Length)
            throw new DataFileException(path, $"truncated: the header of IDX {content} is {header.Length} bytes, and there are {length}. {DataFile.Again}");

        var sizes = Enumerable.Range(1, rank).Select(i => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * i))).ToArray();
        // In UInt128 three 32-bit sizes cannot overflow.
        var total = sizes.Aggregate(UInt128.One, (product, size) => product * size);
        if (total == 0 || total > (UInt128)Array.MaxLength)
            throw new DataFileException(path, $"the header claims {string.Join(" × ", sizes)} bytes of {content}, which cannot be. {DataFile.Again}");

        return Array.ConvertAll(sizes, size => (int)size);
    }

    private static byte[] ReadValues(Stream bytes, string path, int[] shape)
    {
        var expected = shape.Aggregate(1, (product, size) => product * size);
        var promise = $"the header promises {string.Join(" × ", shape)} = {expected} bytes";
        var (values, found) = PromisedValues.Read<byte>(bytes, expected);
        if (values is null)
            throw new DataFileException(path, $"truncated: {promise}, and only {found} follow. {DataFile.Again}");
        // This last read also makes a gzip stream check its checksum.
        if (bytes.ReadByte() >= 0)
            throw new DataFileException(path, $"too long: {promise}, and more follow. {DataFile.Again}");

        return values;
    }
}
