using System.Buffers.Binary;
using System.Text;

namespace AttentionNotebooks.Tests;

/// <summary>
/// A shared library as the system's loader sees it: through the program headers and the dynamic segment, where the patch goes through the
/// section headers.
/// </summary>
internal sealed class LoadedElf
{
    private readonly byte[] bytes;
    private readonly Dictionary<long, long> dynamic = [];
    private readonly List<(long Address, long Offset, long Size)> segments = [];

    public LoadedElf(byte[] bytes)
    {
        this.bytes = bytes;
        long dynamicOffset = 0;
        for (var header = I64(32); header < I64(32) + 56 * U16(56); header += 56)
        {
            const int load = 1, dynamicSegment = 2;
            if (I32(header) == load)
                segments.Add((I64(header + 16), I64(header + 8), I64(header + 32)));
            if (I32(header) == dynamicSegment)
                dynamicOffset = I64(header + 8);
        }

        for (var entry = dynamicOffset; I64(entry) != 0; entry += 16)
            dynamic[I64(entry)] = I64(entry + 8);
    }

    /// <summary>Names of undefined symbols with the version each must have; null where any will do.</summary>
    public IEnumerable<(string Name, string? Version)> Imports()
    {
        const long symbols = 6, symbolVersions = 0x6ffffff0;
        var versions = Needs().ToDictionary(need => need.Index, need => need.Name);
        // The string table follows the symbol table, as every linker in use lays them out.
        var count = (Table(StringTable) - Table(symbols)) / 24;
        for (long index = 1; index < count; index++)
        {
            var symbol = Table(symbols) + index * 24;
            var version = U16(Table(symbolVersions) + index * 2);
            if (U16(symbol + 6) == 0)
                yield return (Text(I32(symbol)), version < 2 ? null : versions[version]);
        }
    }

    /// <summary>The versions that the loader looks for; it only warns about a weak one.</summary>
    public IEnumerable<(string Name, int Index, bool Weak)> Needs()
    {
        const long neededVersions = 0x6ffffffe, neededCount = 0x6fffffff;
        var library = Table(neededVersions);
        for (var libraries = dynamic[neededCount]; libraries > 0; libraries--, library += I32(library + 12))
        {
            var entry = library + I32(library + 8);
            for (var entries = U16(library + 2); entries > 0; entries--, entry += I32(entry + 12))
                yield return (Text(I32(entry + 8)), U16(entry + 6), (U16(entry + 4) & 2) != 0);
        }
    }

    private const long StringTable = 5;

    private long Table(long tag)
    {
        var address = dynamic[tag];
        var segment = segments.Single(each => address >= each.Address && address < each.Address + each.Size);
        return address - segment.Address + segment.Offset;
    }

    private string Text(int offset)
    {
        var tail = bytes.AsSpan((int)Table(StringTable) + offset);
        return Encoding.ASCII.GetString(tail[..tail.IndexOf((byte)0)]);
    }

    private int U16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)offset));

    private int I32(long offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((int)offset));

    private long I64(long offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((int)offset));
}
