using System.Buffers.Binary;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using static AttentionNotebooks.IdxWriter;
using static AttentionNotebooks.LocalAnswers;
using static AttentionNotebooks.ZipArchives;

namespace AttentionNotebooks;

public sealed class DataArchiveTests : IDisposable
{
    private const long Largest = 100_000;

    private readonly TemporaryFolder folder = new();

    private string Unpacked => Path.Combine(folder.Path, "in", "unpacked");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void Only_the_files_that_are_wanted_are_taken_wherever_their_folder_lies(string format)
    {
        Unpack(format, ("top/trees/a.txt", [1, 2]), ("top/trees/b.txt", [3]), ("top/README.txt", [4]), ("top/trees/c.exe", [5]), ("trees.txt", [6]), ("top/trees/deeper/d.txt", [7]));

        Assert.Equal(["a.txt", "b.txt"], Directory.GetFileSystemEntries(Unpacked).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], File.ReadAllBytes(Path.Combine(Unpacked, "a.txt")));
    }

    [Theory]
    [InlineData("zip", "../trees/a.txt")]
    [InlineData("zip", "trees/../../a.txt")]
    [InlineData("zip", "/trees/a.txt")]
    [InlineData("zip", "c:/trees/a.txt")]
    [InlineData("zip", "trees\\a.txt")]
    [InlineData("tar.gz", "../trees/a.txt")]
    [InlineData("tar.gz", "trees/../../a.txt")]
    [InlineData("tar.gz", "/trees/a.txt")]
    [InlineData("tar.gz", "c:/trees/a.txt")]
    [InlineData("tar.gz", "trees\\a.txt")]
    public void An_entry_that_points_outside_is_refused_and_nothing_is_written_outside(string format, string name)
    {
        Refused(Archive(format, (name, [1])), format, "points outside the folder");
        Assert.Equal([Path.Combine(folder.Path, "in", "archive"), Unpacked], Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Where(path => path != Path.Combine(folder.Path, "in")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    public void In_a_tar_archive_only_files_are_taken(TarEntryType type)
    {
        var entry = type == TarEntryType.Fifo ? new PaxTarEntry(type, "trees/a.txt") : TarArchives.Link("trees/a.txt", "/etc/passwd", type);

        Refused(Gzip(TarArchives.Tar(entry)), "tar.gz", $"no file but a {type}");
        Assert.Empty(Directory.GetFileSystemEntries(Unpacked));
    }

    [Fact]
    public void In_a_zip_archive_a_link_is_refused()
    {
        Refused(ZipArchives.Link("trees/a.txt", "/etc/passwd"u8.ToArray()), "zip", "no file but a link");
        Assert.Empty(Directory.GetFileSystemEntries(Unpacked));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void A_few_bytes_that_unpack_to_very_many_are_stopped_at_the_limit(string format)
    {
        var bytes = Archive(format, ("trees/a.txt", new byte[50_000_000]));
        Assert.InRange(bytes.Length, 1, 500_000);

        Refused(bytes, format, format == "zip" ? "more than it should" : "no file in it should have more than");
        Assert.InRange(Directory.GetFiles(Unpacked).Sum(file => new FileInfo(file).Length), 0, Largest);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void The_limit_is_for_all_entries_together(string format)
    {
        Refused(Archive(format, [.. Enumerable.Range(0, 3).Select(i => ($"trees/{i}.txt", new byte[40_000]))]), format, "more than it should");
        Assert.InRange(Directory.GetFiles(Unpacked).Sum(file => new FileInfo(file).Length), 0, Largest);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(0xFFFF_FFFEu)]
    public void A_zip_entry_whose_size_lies_is_refused_or_stopped(uint claimed)
    {
        var bytes = Zip(("trees/a.txt", new byte[200_000]));
        // The size unpacked, in the directory at the end (APPNOTE 4.3.12).
        var entry = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 24), claimed);

        var error = Record.Exception(() => Unpack("zip", bytes));

        Assert.True(error is null or DataFileException, error?.ToString());
        Assert.InRange(Directory.GetFiles(Unpacked).Sum(file => new FileInfo(file).Length), 0, Largest);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void A_name_that_is_there_twice_is_refused(string format) => Refused(Archive(format, ("trees/a.txt", [1]), ("other/trees/a.txt", [2])), format, "other/trees/a.txt” is there twice");

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void Nothing_to_take_is_an_error(string format) => Refused(Archive(format, ("README", [1])), format, "there is no trees/*.txt in it");

    [Theory]
    [InlineData("zip", "no zip archive")]
    [InlineData("tar.gz", "no tar archive")]
    public void What_is_no_archive_is_an_error(string format, string says) => Refused(Counting(5000), format, says);

    [Fact]
    public async Task From_an_archive_come_the_files_of_a_set_and_the_archive_goes()
    {
        using var site = new Site();
        var bytes = Counting(5000);

        await site.Fetch(folder.Path, SetOf(site.Serve(Whole(Zip(("top/trees/a.txt", bytes)))), bytes));

        Assert.Equal([Path.Combine(folder.Path, "sst", "a.txt")], Directory.GetFileSystemEntries(Path.Combine(folder.Path, "sst")));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder.Path, "sst", "a.txt")));
    }

    [Fact]
    public async Task An_archive_of_something_else_leaves_everything_as_it_was()
    {
        using var site = new Site();
        var old = folder.File("sst/a.txt", [9]);

        var error = await Assert.ThrowsAsync<DataFileException>(() => site.Fetch(folder.Path, SetOf(site.Serve(Whole(Zip(("top/trees/a.txt", [1, 2])))), Counting(5000))));

        Assert.Contains("what was unpacked is something else: it has 2 bytes, expected 5000", error.Message, StringComparison.Ordinal);
        Assert.Equal([old], Directory.GetFileSystemEntries(Path.Combine(folder.Path, "sst")));
        Assert.Equal([9], await File.ReadAllBytesAsync(old));
    }

    [Fact]
    public async Task From_an_archive_comes_the_folder_that_serves_instead_and_replaces_a_damaged_one()
    {
        using var site = new Site();
        folder.File("fsdd/recordings/a.wav", [7]);
        var set = FolderSet(site.Serve(Whole(Gzip(TarArchives.Tar(TarArchives.File("repository/recordings/a.wav", [1]), TarArchives.File("repository/recordings/b.wav", [2, 3]))))));

        await site.Fetch(folder.Path, set);

        Assert.Equal([Path.Combine(folder.Path, "fsdd", "recordings")], Directory.GetFileSystemEntries(Path.Combine(folder.Path, "fsdd")));
        Assert.Equal(["a.wav", "b.wav"], Directory.GetFiles(Path.Combine(folder.Path, "fsdd", "recordings")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(new DataVerifier(new(folder.Path)).Check(set).IsWhole);
    }

    [Fact]
    public async Task A_damaged_file_that_would_hide_what_is_unpacked_is_told_and_kept()
    {
        using var site = new Site();
        var damaged = folder.File("fsdd/fsdd.tar.gz", [1, 2, 3]);

        var error = await Assert.ThrowsAsync<DataFileException>(() => site.Fetch(folder.Path, FolderSet(site.Serve(Status(404)))));

        Assert.Equal(damaged, error.Path);
        Assert.Contains("Delete it and fetch again", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(damaged));
    }

    private static DataSetEntry SetOf(Uri mirror, byte[] bytes) =>
        new("sst", "a set", "text", "free", "nobody", "none", [new("sst/a.txt", bytes.Length, Hash(bytes), [])], null, new("zip", "trees", ".txt", Largest, [mirror]));

    private static DataSetEntry FolderSet(Uri mirror) => new(
        "fsdd", "a set", "sound", "free", "nobody", "none", [new("fsdd/fsdd.tar.gz", 10, Hash([]), [])],
        new("fsdd/recordings", 2, 3, Hash(Encoding.ASCII.GetBytes($"{Hash([1])}  a.wav\n{Hash([2, 3])}  b.wav\n"))), new("tar.gz", "recordings", ".wav", Largest, [mirror]));

    private static byte[] Archive(string format, params (string Name, byte[] Bytes)[] entries) =>
        format == "zip" ? Zip(entries) : Gzip(TarArchives.Tar([.. entries.Select(entry => TarArchives.File(entry.Name, entry.Bytes))]));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void Unpack(string format, params (string Name, byte[] Bytes)[] entries) => Unpack(format, Archive(format, entries));

    private void Unpack(string format, byte[] bytes) => DataArchive.Unpack(folder.File("in/archive", bytes), new(format, "trees", ".txt", Largest, []), Unpacked);

    private void Refused(byte[] bytes, string format, string says)
    {
        var error = Assert.Throws<DataFileException>(() => Unpack(format, bytes));
        Assert.Equal(Path.Combine(folder.Path, "in", "archive"), error.Path);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private sealed class Site : IDisposable
    {
        private readonly LocalServer server = new();
        private readonly HttpClient client = new();

        public Uri Serve(LocalAnswer answer) => server.Serve("/archive", answer);

        public Task Fetch(string root, DataSetEntry set) => new DataFetcher(new(root), client, offline: false).FetchAsync(set);

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
