using System.Formats.Tar;
using static AttentionNotebooks.BadFiles;
using static AttentionNotebooks.IdxWriter;
using static AttentionNotebooks.TarArchives;
using static AttentionNotebooks.WavWriter;

namespace AttentionNotebooks;

public sealed class SpokenDigitFilesTests : IDisposable
{
    private const string Archive = "fsdd/fsdd-recordings.tar.gz";

    private readonly TemporaryFolder folder = new();

    private DataRoot Root => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Archive_and_folder_give_the_same_recordings()
    {
        folder.File(Archive, Gzip(Tar([.. Names().Reverse().Select(Recorded)])));
        var fromArchive = SpokenDigits.Fsdd(Root);
        System.IO.File.Delete(Path.Combine(folder.Path, Archive));
        foreach (var name in Names()) folder.File($"fsdd/{name}", Sound(name));
        var fromFolder = SpokenDigits.Fsdd(Root);

        Assert.Equal(Described(fromArchive.Train), Described(fromFolder.Train));
        Assert.Equal(Described(fromArchive.Test), Described(fromFolder.Test));
    }

    [Fact]
    public void The_official_split_tests_on_the_first_five()
    {
        WriteArchive();
        var data = SpokenDigits.Fsdd(Root);

        Assert.Equal((2 * 10 * 1, 2 * 10 * 5), (data.Train.Count, data.Test.Count));
        Assert.All(data.Train.Recordings, r => Assert.InRange(r.Number, 5, 49));
        Assert.All(data.Test.Recordings, r => Assert.InRange(r.Number, 0, 4));
        Assert.Equal(["ann", "bob"], data.Test.Speakers);
    }

    [Fact]
    public void Leaving_a_speaker_out_puts_everything_of_his_into_the_test()
    {
        WriteArchive();
        var data = SpokenDigits.FsddWithout(Root, "bob");

        Assert.Equal(["ann"], data.Train.Speakers);
        Assert.Equal(["bob"], data.Test.Speakers);
        Assert.Equal((60, 60), (data.Train.Count, data.Test.Count));
        Assert.Contains("ann, bob", Assert.Throws<ArgumentException>(() => SpokenDigits.FsddWithout(Root, "eve")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_of_the_repository_is_read_as_it_is()
    {
        TarEntry[] others = [new PaxGlobalExtendedAttributesTarEntry([new("comment", "26eb9aa")]), new PaxTarEntry(TarEntryType.Directory, "repository-26eb9aa/"), TarArchives.File("repository-26eb9aa/README.md", [1])];
        folder.File(Archive, Gzip(Tar([.. others, .. Names().Select(name => TarArchives.File($"repository-26eb9aa/{name}", Sound(name)))])));

        Assert.Equal(100, SpokenDigits.Fsdd(Root).Test.Count);
    }

    [Theory]
    [InlineData("../0_ann_0.wav")]
    [InlineData("recordings/../../0_ann_0.wav")]
    [InlineData("/recordings/0_ann_0.wav")]
    [InlineData("recordings\\0_ann_0.wav")]
    [InlineData("c:/0_ann_0.wav")]
    public void An_entry_that_points_outside_is_refused(string name) => Wrong([TarArchives.File(name, Wav(Shorts(1)))], "points outside the folder");

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void A_link_is_refused(TarEntryType type) => Wrong([Link("recordings/0_ann_0.wav", "/etc/passwd", type)], $"is no file but a {type}");

    [Fact]
    public void An_entry_that_is_too_large_is_refused() => Wrong([TarArchives.File("recordings/0_ann_0.wav", new byte[(1 << 20) + 1])], "claims 1048577 bytes");

    [Fact]
    public void A_missing_recording_is_named() => Wrong([.. Names().Where(name => name != "recordings/7_bob_3.wav").Select(Recorded)], "incomplete: 7_bob_3.wav is missing");

    [Fact]
    public void A_recording_that_is_there_twice_is_named() => Wrong([.. Names().Append("recordings/7_bob_3.wav").Select(Recorded)], "7_bob_3.wav is there twice");

    [Fact]
    public void What_is_wrong_with_a_recording_is_said_with_its_entry()
    {
        Wrong([TarArchives.File("recordings/0_ann_0.wav", Wav(Shorts(1, 2))[..^1])], "recordings/0_ann_0.wav: truncated");
        Wrong([TarArchives.File("recordings/0_ann_0.wav", [])], "recordings/0_ann_0.wav: truncated");
        Wrong([TarArchives.File("recordings/0_ann_0.wav", Wav(Shorts(1), rate: 16000))], "16000 samples a second");
        Wrong([TarArchives.File("recordings/ten_ann_0.wav", Wav(Shorts(1)))], "digit_speaker_number.wav");
        Wrong([TarArchives.File("README.md", [1])], "no recordings");
    }

    [Fact]
    public void No_tar_archive_is_an_error()
    {
        var path = folder.File(Archive, Gzip(new byte[100]));
        Fails(() => SpokenDigits.Fsdd(Root), path, "no tar archive");
        path = folder.File(Archive, Gzip(Counting(5000)));
        Fails(() => SpokenDigits.Fsdd(Root), path, "no tar archive");
        path = folder.File(Archive, []);
        Fails(() => SpokenDigits.Fsdd(Root), path, "empty");
    }

    [Fact]
    public void Without_the_files_the_folder_and_the_remedy_are_named() => Fails(() => SpokenDigits.Fsdd(Root), Path.Combine(folder.Path, "fsdd"), "fsdd-recordings.tar.gz or", "ATTENTION_DATA");

    [Fact]
    public void Digits_are_synthesised_where_there_is_nothing_and_read_where_there_is()
    {
        Assert.Equal("synthesised digits", SpokenDigits.FsddOrSynthesised(Root, 1).Name);
        WriteArchive();
        Assert.Equal("Free Spoken Digit Dataset", SpokenDigits.FsddOrSynthesised(Root, 1).Name);
    }

    [Fact]
    public void An_archive_cut_short_anywhere_is_an_error()
    {
        var whole = Gzip(Tar([.. Names().Select(Recorded)]));
        FailsCutShort(folder, Archive, whole, _ => SpokenDigits.Fsdd(Root), step: Math.Max(1, whole.Length / 200));
        // Cut inside the tar archive, which gzip then packs as if it were whole. What is missing of the zeros at its end is no loss.
        var tar = Tar([.. Names().Select(Recorded)]);
        FailsCutShort(folder, Archive.Replace(".gz", "", StringComparison.Ordinal), tar, _ => { System.IO.File.Delete(Path.Combine(folder.Path, Archive)); SpokenDigits.Fsdd(Root); }, 999, length => length >= tar.Length - 1024);
    }

    [SkippableFact]
    public void The_published_recordings_are_three_thousand_of_six_speakers()
    {
        var root = DataRoot.Find();
        Skip.IfNot(Directory.Exists(root.Of("fsdd")), $"the recordings are not in {root}");

        var data = SpokenDigits.Fsdd(root);

        Assert.Equal((2700, 300), (data.Train.Count, data.Test.Count));
        Assert.Equal(["george", "jackson", "lucas", "nicolas", "theo", "yweweler"], data.Train.Speakers);
        Assert.Equal(SpokenDigits.FsddSpeakers, data.Train.Speakers);
        Assert.All(data.Train.Recordings, r => Assert.InRange(r.Samples.Length, 1000, 20_000));
        var first = data.Test.Recordings.First(r => r is { Digit: 0, Speaker: "jackson", Number: 0 });
        Assert.Equal(new short[] { -369, -431, -475 }.Select(s => s / 32768f), first.Samples.Take(3));
    }

    private void WriteArchive() => folder.File(Archive, Gzip(Tar([.. Names().Select(Recorded)])));

    private void Wrong(TarEntry[] entries, params string[] says)
    {
        var path = folder.File(Archive, Gzip(Tar(entries)));
        Fails(() => SpokenDigits.Fsdd(Root), path, says);
    }

    private static IEnumerable<string> Names() =>
        from speaker in new[] { "ann", "bob" } from digit in Enumerable.Range(0, 10) from number in Enumerable.Range(0, 6) select $"recordings/{digit}_{speaker}_{number}.wav";

    private static TarEntry Recorded(string name) => TarArchives.File(name, Sound(name));

    private static byte[] Sound(string name) => Wav(Shorts([.. name.Select(c => (short)c)]));

    private static IEnumerable<string> Described(SpokenDigitSet set) => set.Recordings.Select(r => $"{r.Digit} {r.Speaker} {r.Number} {string.Join(' ', r.Samples)}");
}
