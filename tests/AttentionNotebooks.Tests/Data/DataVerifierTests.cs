using System.Security.Cryptography;

namespace AttentionNotebooks;

public sealed class DataVerifierTests : IDisposable
{
    // sha256sum of a file with "hello" and the end of a line.
    private const string Hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("hello\n", DataState.Ok, "")]
    [InlineData("hello", DataState.OtherSize, "it has 5 bytes, expected 6")]
    [InlineData("hallo\n", DataState.OtherChecksum, "expected " + Hello)]
    [InlineData("", DataState.OtherSize, "it has 0 bytes, expected 6")]
    [InlineData(null, DataState.Missing, "it is not there")]
    public void A_file_is_compared_by_size_then_by_checksum(string? text, DataState state, string says)
    {
        if (text is not null) folder.File("set/a.txt", System.Text.Encoding.ASCII.GetBytes(text));

        var check = Assert.Single(Verifier.Check(SetOf(File("set/a.txt"))).Files);

        Assert.Equal((state, Path.Combine(folder.Path, "set", "a.txt")), (check.State, check.Path));
        Assert.Contains(says, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_the_others_are_still_checked()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "set", "a.txt"));
        var locked = folder.File("set/b.txt", "hello\n"u8.ToArray());
        folder.File("set/c.txt", "hello\n"u8.ToArray());
        using var handle = new FileStream(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var check = Verifier.Check(SetOf(File("set/a.txt"), File("set/b.txt"), File("set/c.txt")));

        Assert.Equal([DataState.Unreadable, DataState.Unreadable, DataState.Ok], check.Files.Select(file => file.State));
        Assert.Equal(DataSetState.Damaged, check.State);
    }

    [Theory]
    [InlineData(DataSetState.Whole, DataState.Ok, DataState.Ok)]
    [InlineData(DataSetState.Missing, DataState.Missing, DataState.Missing)]
    [InlineData(DataSetState.Partly, DataState.Missing, DataState.Ok)]
    [InlineData(DataSetState.Damaged, DataState.OtherSize, DataState.Ok)]
    [InlineData(DataSetState.Damaged, DataState.OtherChecksum, DataState.Missing)]
    public void A_set_is_what_its_files_come_to(DataSetState state, DataState first, DataState second)
    {
        var check = new DataSetCheck(SetOf(), [new("a", first, ""), new("b", second, "")]);

        Assert.Equal((state, state == DataSetState.Whole), (check.State, check.IsWhole));
    }

    [Fact]
    public void A_folder_is_compared_by_the_list_that_sha256sum_prints()
    {
        folder.File("set/recordings/B.txt", "hello\n"u8.ToArray());
        var empty = folder.File("set/recordings/a.txt", []);
        // LC_ALL=C sha256sum * | sha256sum
        var set = SetOf(File("set/a.tar")) with { Unpacked = new("set/recordings", 2, 6, "cd1738b12f5a8eaae439d499258eb5028aefd7124cca2346c22ece4eb365d1d7") };

        Assert.Equal(DataState.Ok, Assert.Single(Verifier.Check(set).Files).State);
        System.IO.File.Move(empty, Path.Combine(folder.Path, "set", "recordings", "b.txt"));
        Assert.Equal(DataState.OtherChecksum, Assert.Single(Verifier.Check(set).Files).State);
        System.IO.File.Delete(Path.Combine(folder.Path, "set", "recordings", "b.txt"));
        Assert.Equal((DataState.OtherSize, "it has 1 files of 6 bytes, expected 2 of 6"), Assert.Single(Verifier.Check(set).Files) is var check ? (check.State, check.Detail) : default);
        // The file comes first where it is there, as for the reader.
        folder.File("set/a.tar", "hello\n"u8.ToArray());
        Assert.Equal((DataState.Ok, "a.tar"), Assert.Single(Verifier.Check(set).Files) is var file ? (file.State, Path.GetFileName(file.Path)) : default);
    }

    [SkippableFact]
    public void The_data_root_is_what_the_manifest_says()
    {
        var root = DataRoot.Find();
        var present = DataManifest.Series.Sets.Select(new DataVerifier(root).Check).Where(check => check.State != DataSetState.Missing).ToArray();
        Skip.If(present.Length == 0, $"no data set is in {root}");

        Assert.All(present, check => Assert.True(check.IsWhole, $"{check.Set.Name}: {string.Join("; ", check.Files.Select(file => file.Detail))}"));
    }

    [SkippableFact]
    public void The_unpacked_recordings_are_those_of_the_archive()
    {
        var root = DataRoot.Find();
        var set = DataManifest.Series["fsdd"];
        Skip.IfNot(System.IO.File.Exists(root.Of(set.Files[0].Path)), $"the recordings are not in {root}");

        // What sha256sum would print of the folder, from the archive, by other code than the verifier's.
        var (sums, size) = (new SortedDictionary<string, string>(StringComparer.Ordinal), 0L);
        TarFile.ForEachFile(root.Of(set.Files[0].Path), 1 << 20, (name, bytes, length) =>
        {
            sums.Add(name.Split('/')[^1], Convert.ToHexStringLower(SHA256.HashData(bytes)));
            size += length;
        });
        var list = string.Concat(sums.Select(sum => $"{sum.Value}  {sum.Key}\n"));

        Assert.Equal(
            set.Unpacked,
            new("fsdd/recordings", sums.Count, size, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(list)))));
    }

    private DataVerifier Verifier => new(new(folder.Path));

    private static DataFileEntry File(string path) => new(path, 6, Hello, []);

    private static DataSetEntry SetOf(params DataFileEntry[] files) => new("set", "a set", "text", "free", "nobody", "none", files);
}
