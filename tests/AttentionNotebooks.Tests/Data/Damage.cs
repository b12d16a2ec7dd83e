using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AttentionNotebooks;

/// <summary>A few mutations in a row, told by numbers alone: the same damage fits every file, and what fails can be shrunk to fewer.</summary>
internal sealed record Damage(IReadOnlyList<Mutation> Mutations)
{
    private static readonly Gen<int> Number = Gen.Choose(0, int.MaxValue - 1);

    private static readonly Gen<Mutation> One =
        from kind in Gen.Choose(0, Mutation.Kinds - 1)
        from place in Number
        from value in Number
        select new Mutation(kind, place, value);

    /// <summary>One to four mutations.</summary>
    public static Arbitrary<Damage> Any { get; } = Arb.From(
        Gen.Choose(1, 4).SelectMany(count => One.ListOf(count)).Select(mutations => new Damage([.. mutations])),
        damage => damage.Mutations.Count == 1 ? [] : damage.Mutations.Select((_, i) => new Damage([.. damage.Mutations.Where((_, j) => j != i)])));

    /// <summary>The damaged file.</summary>
    public byte[] Of(byte[] whole)
    {
        var bytes = whole.ToList();
        foreach (var mutation in Mutations)
        {
            if (bytes.Count == 0) break;
            mutation.Apply(bytes);
        }

        return [.. bytes];
    }

    public override string ToString() => string.Join("; ", Mutations);
}

/// <summary>One change to a file.</summary>
/// <param name="Kind">Which, 0 to <see cref="Kinds"/> - 1.</param>
/// <param name="Place">Where: even numbers among the first 64 bytes, since headers are short and matter most; odd ones anywhere.</param>
/// <param name="Value">With what.</param>
internal readonly record struct Mutation(int Kind, int Place, int Value)
{
    public const int Kinds = 13;

    private static readonly long[] Edges = [0, 1, -1, 2, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];
    private static readonly string[] Digits = ["0", "-1", "1", "255", "65536", "2147483647", "2147483648", "99999999999999999999", "1e9", "NaN", "١"];
    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B], .. new[] { "\t", "\n", "\r\n", "(", ")", " ", "\"", "'", ",", "{", "}", "[", "]", "../", "/", "\\", "<pad>", "null", "PK" }.Select(Encoding.ASCII.GetBytes),
    ];

    public void Apply(List<byte> bytes)
    {
        var at = Place % 2 == 0 ? Place / 2 % Math.Min(64, bytes.Count) : Place / 2 % bytes.Count;
        var (from, length) = (Value / 64 % bytes.Count, 1 + (Value % 64));
        switch (Kind)
        {
            case 0: bytes[at] ^= (byte)(1 << (Value % 8)); break;
            case 1: bytes[at] = (byte)Value; break;
            case 2: bytes[at] = Value % 2 == 0 ? (byte)0 : (byte)255; break;
            case 3: bytes.Insert(at, (byte)Value); break;
            case 4: bytes.RemoveAt(at); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: bytes.RemoveRange(at, Math.Min(length, bytes.Count - at)); break;
            case 7: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, bytes.Count - at))); break;
            case 8: Splice(bytes, from, at, length); break;
            case 9: bytes.InsertRange(at, bytes.GetRange(from, Math.Min(length, bytes.Count - from))); break;
            case 10: WriteNumber(bytes, at); break;
            case 11: WriteDigits(bytes, at); break;
            default: bytes.InsertRange(at, Tokens[Value % Tokens.Length]); break;
        }
    }

    private static void Splice(List<byte> bytes, int from, int to, int length)
    {
        var piece = bytes.GetRange(from, Math.Min(length, bytes.Count - Math.Max(from, to)));
        for (var i = 0; i < piece.Count; i++) bytes[to + i] = piece[i];
    }

    // A count or a length is an edge, as long as the file, or off by one.
    private void WriteNumber(List<byte> bytes, int at)
    {
        var width = 2 << (Value % 3);
        if (at + width > bytes.Count) return;
        Span<byte> number = stackalloc byte[8];
        for (var i = 0; i < width; i++) number[i] = bytes[at + i];
        var little = Value / 3 % 2 == 0;
        var choice = Value / 6 % (Edges.Length + 4);
        var old = little ? BinaryPrimitives.ReadInt64LittleEndian(number) : BinaryPrimitives.ReadInt64BigEndian(number) >> (64 - (8 * width));
        var value = choice < Edges.Length ? Edges[choice] : (choice - Edges.Length) switch { 0 => bytes.Count, 1 => bytes.Count - at, 2 => old + 1, _ => old - 1 };
        if (little) BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - (8 * width)));
        for (var i = 0; i < width; i++) bytes[at + i] = number[i];
    }

    private void WriteDigits(List<byte> bytes, int at)
    {
        var start = bytes.FindIndex(at, IsDigit);
        if (start < 0) return;
        var end = bytes.FindIndex(start, value => !IsDigit(value));
        bytes.RemoveRange(start, (end < 0 ? bytes.Count : end) - start);
        bytes.InsertRange(start, Encoding.UTF8.GetBytes(Digits[Value % Digits.Length]));
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
}
