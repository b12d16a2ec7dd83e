using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace AttentionNotebooks;

/// <summary>Reads one array in NumPy's format, versions 1 to 3: magic, version, the length of a header, the header (a dictionary of Python), the values.</summary>
/// <param name="bytes">The array's bytes.</param>
/// <param name="path">The file.</param>
/// <param name="place">The place in the file, to begin messages with.</param>
internal sealed partial class NpyReader(Stream bytes, string path, string place)
{
    private const int LongestHeader = 1 << 16;

    private Crc32 checksum = new();

    /// <summary>The checksum of all that was read.</summary>
    public uint Checksum => checksum.Value;

    public NpyArray Read(string name)
    {
        var header = ReadHeader();
        var type = Type().Match(header);
        var order = Order().Match(header);
        var sizes = Sizes().Match(header);
        if (!type.Success || !order.Success || !sizes.Success) throw Wrong($"its header is not understood: {header.Trim()}. Save it as a plain array of numbers.");

        var shape = ParseShape(sizes.Groups["sizes"].Value);
        if (order.Groups["order"].ValueSpan is "True" && shape.Length > 1) throw Wrong("the first dimension is fastest (fortran_order). Save it in C order, as numpy.ascontiguousarray makes it.");
        var count = shape.Aggregate(1, (product, size) => product * size);
        return new(name, shape, type.Groups["type"].Value switch
        {
            "<f4" => ReadValues<float>(count, shape),
            "<i4" => ReadValues<int>(count, shape),
            "<i8" => ReadValues<long>(count, shape),
            "|u1" => ReadValues<byte>(count, shape),
            var other => throw Wrong($"its type is {other}, and only float32, int32, int64 (little-endian) and uint8 are read. Save it as one of these."),
        });
    }

    private string ReadHeader()
    {
        var start = new byte[12];
        Fill(start.AsSpan(0, 8), "the header");
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw Wrong("it does not begin with \\x93NUMPY, so it is no array of NumPy. Is it the right file?");
        var (version, minor) = (start[6], start[7]);
        if (version is 0 or > 3 || minor != 0) throw Wrong($"it is of version {version}.{minor} of the format, and 1.0, 2.0 and 3.0 are read. Save it again with numpy.save.");
        var size = version == 1 ? 2 : 4;
        Fill(start.AsSpan(8, size), "the header");
        var length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        if (length > LongestHeader) throw Wrong($"its header claims {length} bytes, which cannot be. {DataFile.Again}");
        var header = new byte[length];
        Fill(header, "the header");
        return Encoding.Latin1.GetString(header);
    }

    private int[] ParseShape(string sizes)
    {
        var parts = sizes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        var total = UInt128.One;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i])) throw Wrong($"the size {parts[i]} cannot be. {DataFile.Again}");
            total *= (UInt128)shape[i];
            if (total > (UInt128)Array.MaxLength) throw Wrong($"the header claims {sizes} values, which cannot be. {DataFile.Again}");
        }

        return shape;
    }

    private T[] ReadValues<T>(int count, int[] shape)
        where T : unmanaged
    {
        var promise = $"the header promises {string.Join(" × ", shape)} = {count} values";
        var (values, found) = PromisedValues.Read<T>(bytes, count);
        if (values is null) throw Wrong($"truncated: {promise}, and only {found} follow. {DataFile.Again}");
        if (bytes.ReadByte() >= 0) throw Wrong($"too long: {promise}, and more follow. {DataFile.Again}");
        checksum.Append(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private void Fill(Span<byte> span, string what)
    {
        var got = bytes.ReadAtLeast(span, span.Length, throwOnEndOfStream: false);
        if (got < span.Length) throw Wrong($"truncated: it ends inside {what}. {DataFile.Again}");
        checksum.Append(span);
    }

    private DataFileException Wrong(string problem) => new(path, place + problem);

    [GeneratedRegex("'descr': *'(?<type>[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Type();

    [GeneratedRegex("'fortran_order': *(?<order>True|False)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Order();

    [GeneratedRegex("'shape': *\\((?<sizes>[0-9, ]*)\\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sizes();
}
