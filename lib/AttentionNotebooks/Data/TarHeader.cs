using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace AttentionNotebooks;

/// <summary>A header of a tar archive (POSIX.1-2001, ustar, with GNU's large numbers).</summary>
/// <param name="Name">What the entry is called.</param>
/// <param name="Size">How many bytes follow.</param>
/// <param name="Type">What it is.</param>
internal sealed record TarHeader(string Name, long Size, TarEntryType Type)
{
    /// <summary>Headers are as long as this, and bytes that follow are filled up to it.</summary>
    public const int Block = 512;

    // Where its fields begin.
    private const int SizeField = 124;
    private const int ChecksumField = 148;
    private const int TypeField = 156;
    private const int MagicField = 257;
    private const int PrefixField = 345;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a header.</summary>
    /// <param name="block">Its <see cref="Block"/> bytes.</param>
    /// <exception cref="FormatException">It is none, or its checksum is another.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(ChecksumField, 8)) != Checksum(block)) throw new FormatException("a header has another checksum");
        var name = Text(block[..100]);
        var isUstar = block.Slice(MagicField, 6).SequenceEqual("ustar\0"u8);
        if (isUstar && Text(block.Slice(PrefixField, 155)) is { Length: > 0 } prefix) name = $"{prefix}/{name}";
        // The oldest archives tell a folder by its name alone.
        var type = block[TypeField] != 0 ? (TarEntryType)block[TypeField] : name.EndsWith('/') ? TarEntryType.Directory : TarEntryType.V7RegularFile;
        // What is no file has no bytes, whatever its size says.
        var size = type is TarEntryType.Directory or TarEntryType.SymbolicLink or TarEntryType.HardLink ? 0 : Number(block.Slice(SizeField, 12));
        return new(name, size, type);
    }

    /// <summary>Text up to the first zero.</summary>
    /// <exception cref="FormatException">It is not UTF-8.</exception>
    public static string Text(ReadOnlySpan<byte> field)
    {
        try
        {
            return Strict.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("a name is not UTF-8", e);
        }
    }

    /// <summary>This header with what extended attributes say: records of a length, a key and a value, “30 path=recordings/0_a_0.wav”.</summary>
    /// <exception cref="FormatException">They are no such records.</exception>
    public TarHeader With(ReadOnlySpan<byte> attributes)
    {
        var header = this;
        while (attributes.Length > 0)
        {
            var space = attributes.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(Encoding.Latin1.GetString(attributes[..space]), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= space + 1 || length > attributes.Length || attributes[length - 1] != (byte)'\n')
                throw new FormatException("extended attributes are damaged");
            var record = Text(attributes[(space + 1)..(length - 1)]);
            attributes = attributes[length..];
            if (record.StartsWith("path=", StringComparison.Ordinal)) header = header with { Name = record["path=".Length..] };
            if (!record.StartsWith("size=", StringComparison.Ordinal)) continue;
            header = long.TryParse(record["size=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? header with { Size = size }
                : throw new FormatException("extended attributes have a size that is no number");
        }

        return header;
    }

    // The sum of all bytes, its own field taken for spaces.
    private static long Checksum(ReadOnlySpan<byte> block)
    {
        var sum = 8L * ' ';
        for (var i = 0; i < Block; i++) sum += i is >= ChecksumField and < ChecksumField + 8 ? 0 : block[i];
        return sum;
    }

    // Octal digits, or where the highest bit is set, as GNU writes large ones, the other bits as they are.
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            var large = (UInt128)(field[0] & 0x7F);
            foreach (var value in field[1..]) large = (large << 8) | value;
            return large <= long.MaxValue ? (long)large : throw new FormatException("a header has a size that cannot be");
        }

        var number = 0L;
        foreach (var digit in Text(field).Trim(' '))
            number = digit is >= '0' and <= '7' ? (8 * number) + (digit - '0') : throw new FormatException("a header has a number that is none");
        return number;
    }
}
