using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;

namespace AttentionNotebooks;

public sealed class TarFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<TarEntryFormat, string> Archives
    {
        get
        {
            var data = new TheoryData<TarEntryFormat, string>();
            foreach (var format in new[] { TarEntryFormat.V7, TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu })
            {
                data.Add(format, "a");
                data.Add(format, "recordings/0_ann_0.wav");
                if (format != TarEntryFormat.V7) data.Add(format, $"{new string('d', 90)}/{new string('f', 60)}");
                if (format is TarEntryFormat.Pax or TarEntryFormat.Gnu) data.Add(format, $"{new string('d', 200)}/{new string('f', 200)}/größe");
            }

            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Archives))]
    public void What_the_platform_writes_in_any_format_is_read(TarEntryFormat format, string name)
    {
        (string Name, byte[] Bytes)[] files = [(name, IdxWriter.Counting(1000)), ("b/empty", []), ("b/block", IdxWriter.Counting(512)), ("b/last", [1])];
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, format, leaveOpen: true))
        {
            writer.WriteEntry(Entry(format, TarEntryType.Directory, "b/"));
            foreach (var (file, bytes) in files)
            {
                var entry = Entry(format, format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, file);
                entry.DataStream = new MemoryStream(bytes);
                writer.WriteEntry(entry);
            }
        }

        Assert.Equal(files.Select(file => $"{file.Name} {Convert.ToHexString(file.Bytes)}"), Read(memory.ToArray()));
    }

    [Fact]
    public void What_a_visitor_leaves_of_an_entry_is_skipped()
    {
        var names = new List<string>();
        TarFile.ForEachFile(folder.File("a.tar", TarArchives.Tar(TarArchives.File("a", new byte[5000]), TarArchives.File("b", [1]))), 10_000, (name, bytes, _) =>
        {
            names.Add(name);
            Assert.True(bytes.ReadByte() >= 0);
        });

        Assert.Equal(["a", "b"], names);
    }

    [Fact]
    public void A_visitor_gets_no_byte_of_the_next_entry() =>
        Assert.Equal(["a 07", "b 08"], Read(TarArchives.Tar(TarArchives.File("a", [7]), TarArchives.File("b", [8]))));

    [Fact]
    public void Attributes_that_claim_gigabytes_take_no_memory()
    {
        var bytes = TarArchives.Tar(TarArchives.File("a", [7]));
        Assert.Equal((byte)'x', bytes[156]);
        // GNU's large number: the highest bit is set, the rest is big-endian.
        bytes.AsSpan(124, 12).Clear();
        bytes[124] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(128), 1UL << 30);
        Seal(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("attributes claim 1073741824 bytes", Assert.Throws<DataFileException>(() => Read(bytes)).Message, StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(148, "another checksum")]
    [InlineData(0, "another checksum")]
    public void A_damaged_header_is_told(int at, string says)
    {
        var bytes = TarArchives.Tar(TarArchives.File("a", [7]));
        bytes[at] ^= 1;

        Assert.Contains(says, Assert.Throws<DataFileException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    private static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.V7 => new V7TarEntry(type, name),
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        TarEntryFormat.Pax => new PaxTarEntry(type, name),
        _ => new GnuTarEntry(type, name),
    };

    private static void Seal(byte[] header)
    {
        "        "u8.CopyTo(header.AsSpan(148));
        Encoding.ASCII.GetBytes($"{Convert.ToString(header.AsSpan(0, 512).ToArray().Sum(value => value), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
    }

    private List<string> Read(byte[] archive)
    {
        var read = new List<string>();
        TarFile.ForEachFile(folder.File("a.tar", archive), 10_000, (name, bytes, length) =>
        {
            using var copy = new MemoryStream();
            bytes.CopyTo(copy);
            Assert.Equal(length, copy.Length);
            read.Add($"{name} {Convert.ToHexString(copy.ToArray())}");
        });
        return read;
    }
}
