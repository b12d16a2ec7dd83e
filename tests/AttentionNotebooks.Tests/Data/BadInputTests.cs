using System.Text.RegularExpressions;
using static AttentionNotebooks.IdxWriter;
using static AttentionNotebooks.NpzWriter;
using static AttentionNotebooks.WavWriter;

namespace AttentionNotebooks;

/// <summary>Every loader with every defect: our exception with file, place and remedy, soon, and without much memory.</summary>
public sealed partial class BadInputTests : IDisposable
{
    // Buffers of streams, blocks of 1 MiB, and what a first use sets up.
    private const long Overhead = 4 << 20;
    private const int Step = 1000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Loaders => [.. Loader.All.Keys];

    public static TheoryData<string, string> Defects
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var defect in Defect.All) data.Add(defect.Loader, defect.Name);
            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Loaders))]
    public void A_good_file_is_read(string loader) => Assert.InRange(ReadWith(Loader.All[loader], Loader.All[loader].Good), 1, int.MaxValue);

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_is_told_with_file_place_and_remedy(string loader, string name)
    {
        var defect = Assert.Single(Defect.All, defect => (defect.Loader, defect.Name) == (loader, name));

        var error = Assert.Throws<DataFileException>(() => ReadWith(Loader.All[loader], defect.Bytes));

        // Where a file is looked for under several names, its folder is told; where two do not fit together, either.
        Assert.StartsWith(folder.Path, error.Path, StringComparison.Ordinal);
        Assert.StartsWith(error.Path, error.Message, StringComparison.Ordinal);
        Assert.All(defect.Says, words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
        Assert.Matches(Remedy(), error.Message);
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void A_folder_in_place_of_the_file_is_an_error_or_no_file(string name)
    {
        var loader = Loader.All[name];
        Directory.CreateDirectory(loader.WriteTo(folder, null));

        // Rows of results that are not there are none.
        if (name != "results") Assert.Throws<DataFileException>(() => loader.Read(folder.Path, Path.Combine(folder.Path, loader.File)));
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void A_file_cut_short_at_every_thousandth_byte_is_an_error_or_shorter_text(string name)
    {
        var loader = Loader.All[name];
        var whole = ReadWith(loader, loader.Good);
        for (var length = 0; length < loader.Good.Length; length += Step)
        {
            var count = 0;
            var error = Record.Exception(() => count = ReadWith(loader, loader.Good[..length]));
            if (loader.NoticesEveryCut || error is not null) Assert.IsType<DataFileException>(error);
            else Assert.InRange(count, 0, whole);
        }
    }

    [SkippableTheory]
    [InlineData("mnist/t10k-labels-idx1-ubyte.gz")]
    [InlineData("cluttered-mnist/mnist_sequence1_sample_5distortions5x5.npz")]
    [InlineData("multi30k/test_2016_flickr.de.gz")]
    [InlineData("sst2/dev.tsv")]
    [InlineData("sst5-trees/dev.txt")]
    public void A_published_file_cut_short_at_every_thousandth_byte_is_an_error_or_shorter_text(string name)
    {
        var root = DataRoot.Find();
        Skip.IfNot(File.Exists(root.Of(name)), $"{name} is not in {root}");
        var bytes = File.ReadAllBytes(root.Of(name));
        var path = folder.File("cut", bytes);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        // From the end, so that each is cut from the one before. Of large files as many cuts as fit into a second or two.
        for (var length = (bytes.Length - 1) / Step * Step; length >= 0; length -= Step * (1 + (bytes.Length / 2_000_000)))
        {
            file.SetLength(length);
            var error = Record.Exception(() => ReadPublished(name, path));
            if (error is not null || !name.StartsWith("sst", StringComparison.Ordinal)) Assert.IsType<DataFileException>(error);
        }
    }

    [Fact]
    public void A_large_file_that_promises_gigabytes_takes_no_more_than_twice_its_size()
    {
        var bytes = new byte[8 << 20];
        new Random(1).NextBytes(bytes);

        Takes(folder.File("images", Idx(ImageMagic, [2_000_000, 32, 32], bytes)), path => IdxFile.ReadImages(path), 0.2);
        Takes(folder.File("images.gz", Gzip(Idx(ImageMagic, [2_000_000, 32, 32], bytes))), path => IdxFile.ReadImages(path), 1.2);
        Takes(folder.File("a.npz", Npz(("a", Npy("<i8", "(200000000,)", bytes)))), path => NpzFile.Read(path, "a"), 1.2);
        Takes(folder.File("a.wav", Wav(bytes, dataSize: 0xFFFF_FFFE)), path => WavFile.Read(path), 0.2);
    }

    private static void Takes(string path, Action<string> read, double most)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFileException>(() => read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)(most * new FileInfo(path).Length));
    }

    private static void ReadPublished(string name, string path)
    {
        if (name.StartsWith("mnist", StringComparison.Ordinal)) IdxFile.ReadLabels(path);
        else if (name.StartsWith("cluttered", StringComparison.Ordinal)) NpzFile.Read(path, "y_train");
        else if (name.StartsWith("multi30k", StringComparison.Ordinal)) Multi30k.ReadPairs(path, path);
        else if (name.StartsWith("sst2", StringComparison.Ordinal)) SentimentTreebank.ReadTable(path);
        else SentimentTreebank.ReadTrees(path);
    }

    private int ReadWith(Loader loader, byte[]? bytes)
    {
        var path = loader.WriteTo(folder, bytes);
        var read = Task.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                return loader.Read(folder.Path, path);
            }
            finally
            {
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (2 * (bytes?.Length ?? 0)) + Overhead);
            }
        });
        return Task.WaitAny([read], Soon) == 0 ? read.GetAwaiter().GetResult() : throw new TimeoutException("The loader does not come to an end.");
    }

    [GeneratedRegex("[Dd]elete|Put |Is it the right file|Convert|Save it|Take |get both again|get it again|Check |Restore", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Remedy();
}
