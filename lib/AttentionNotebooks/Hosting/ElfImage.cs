using System.Buffers.Binary;
using System.Text;

namespace AttentionNotebooks;

/// <summary>The dynamic-linking tables of an x86-64 ELF shared library held in memory: read, and edited in place.</summary>
/// <remarks>System V ABI, chapters 4 and 5; Linux Standard Base 5.0, "Symbol Versioning". Every read is checked against the length of the file.</remarks>
internal sealed class ElfImage
{
    private const uint DynamicSymbols = 11;          // SHT_DYNSYM
    private const uint SymbolVersions = 0x6fffffff;  // SHT_GNU_versym
    private const uint NeededVersions = 0x6ffffffe;  // SHT_GNU_verneed
    private const ulong SectionHeaderSize = 64;
    private const ulong SymbolSize = 24;

    private readonly byte[] bytes;
    private readonly string file;
    private readonly Section symbols;
    private readonly Section symbolNames;
    private readonly Section symbolVersions;
    private readonly Section neededVersions;
    private readonly Section versionNames;

    /// <param name="bytes">The whole file. It is edited in place.</param>
    /// <param name="file">How errors call it.</param>
    /// <exception cref="NativeLibraryException">Not a 64-bit little-endian x86-64 shared library, truncated, or without the tables.</exception>
    public ElfImage(byte[] bytes, string file)
    {
        this.bytes = bytes;
        this.file = file;
        CheckHeader();
        symbols = Find(DynamicSymbols, ".dynsym");
        symbolVersions = Find(SymbolVersions, ".gnu.version");
        neededVersions = Find(NeededVersions, ".gnu.version_r");
        symbolNames = SectionAt(symbols.Link);
        versionNames = SectionAt(neededVersions.Link);
    }

    public int SymbolCount => (int)(symbols.Size / SymbolSize);

    public string SymbolName(int symbol) => Text(symbolNames, U32(SymbolOffset(symbol)));

    public bool IsUndefined(int symbol) => U16(SymbolOffset(symbol) + 6) == 0;

    public ushort SymbolVersion(int symbol) => U16(VersionOffset(symbol));

    public void SetSymbolVersion(int symbol, ushort version) =>
        BinaryPrimitives.WriteUInt16LittleEndian(At(VersionOffset(symbol), 2), version);

    /// <summary>Writes another name over the symbol's, into the same slot of the string table.</summary>
    public void RenameSymbol(int symbol, string name)
    {
        var slot = At(symbolNames.Offset + U32(SymbolOffset(symbol)), (ulong)SymbolName(symbol).Length);
        if (name.Length > slot.Length)
            throw new ArgumentException($"'{name}' is longer than the name it replaces.", nameof(name));
        slot.Clear();
        Encoding.ASCII.GetBytes(name, slot);
    }

    /// <summary>The entry of <c>.gnu.version_r</c> that needs the version, or null.</summary>
    public NeededVersion? FindNeededVersion(string version)
    {
        var library = neededVersions.Offset;
        for (uint libraries = 0; libraries < neededVersions.Info; libraries++)
        {
            var entry = library + U32(library + 8);
            for (var entries = U16(library + 2); entries > 0; entries--)
            {
                if (string.Equals(Text(versionNames, U32(entry + 8)), version, StringComparison.Ordinal))
                    return new NeededVersion(U16(entry + 6), U16(entry + 4), entry + 4);
                entry += U32(entry + 12);
            }

            library += U32(library + 12);
        }

        return null;
    }

    public void SetFlags(NeededVersion version, ushort flags) =>
        BinaryPrimitives.WriteUInt16LittleEndian(At(version.FlagsOffset, 2), flags);

    private void CheckHeader()
    {
        if (bytes.Length < 64 || !bytes.AsSpan(0, 4).SequenceEqual("\u007fELF"u8))
            throw Broken("is not an ELF file");
        const byte bits64 = 2, littleEndian = 1;
        const ushort sharedLibrary = 3, x64 = 62;
        if (bytes[4] != bits64 || bytes[5] != littleEndian || U16(16) != sharedLibrary || U16(18) != x64)
            throw Broken("is not a 64-bit x86 shared library");
        _ = At(U64(40), U16(60) * SectionHeaderSize);
    }

    private Section Find(uint type, string name)
    {
        for (uint index = 0; index < U16(60); index++)
        {
            var section = SectionAt(index);
            if (section.Type == type)
                return section;
        }

        throw Broken($"has no section {name}");
    }

    private Section SectionAt(uint index)
    {
        if (index >= U16(60))
            throw Broken($"has no section number {index}");
        var header = U64(40) + index * SectionHeaderSize;
        _ = At(header, SectionHeaderSize);
        var section = new Section(U32(header + 4), U64(header + 24), U64(header + 32), U32(header + 40), U32(header + 44));
        _ = At(section.Offset, section.Type == 8 ? 0 : section.Size); // SHT_NOBITS takes no room in the file
        return section;
    }

    private string Text(Section table, uint offset)
    {
        var tail = offset < table.Size ? At(table.Offset + offset, table.Size - offset) : [];
        var length = tail.IndexOf((byte)0);
        return length >= 0 ? Encoding.ASCII.GetString(tail[..length]) : throw Broken("has a name outside its string table");
    }

    private ulong SymbolOffset(int symbol) => symbols.Offset + (ulong)symbol * SymbolSize;

    private ulong VersionOffset(int symbol) => symbolVersions.Offset + (ulong)symbol * 2;

    private ushort U16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(At(offset, 2));

    private uint U32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(At(offset, 4));

    private ulong U64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(At(offset, 8));

    private Span<byte> At(ulong offset, ulong length)
    {
        var end = (ulong)bytes.Length;
        if (offset > end || length > end - offset)
            throw Broken($"is truncated: it has {end} bytes, and its tables point beyond");
        return bytes.AsSpan((int)offset, (int)length);
    }

    private NativeLibraryException Broken(string what) =>
        new($"{file} {what}. Delete the package's folder in the NuGet cache and run 'dotnet restore' again.");

    /// <param name="Index">What symbols of this version have in <c>.gnu.version</c>.</param>
    /// <param name="Flags">2 is VER_FLG_WEAK.</param>
    /// <param name="FlagsOffset">Where the flags lie in the file.</param>
    internal sealed record NeededVersion(ushort Index, ushort Flags, ulong FlagsOffset);

    private sealed record Section(uint Type, ulong Offset, ulong Size, uint Link, uint Info);
}
