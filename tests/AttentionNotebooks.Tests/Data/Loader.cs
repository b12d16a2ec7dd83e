using System.Globalization;
using System.Text;
using static AttentionNotebooks.IdxWriter;
using static AttentionNotebooks.NpzWriter;
using static AttentionNotebooks.WavWriter;

namespace AttentionNotebooks;

/// <summary>One of the library's loaders, with a good file for it.</summary>
/// <param name="File">The file, in a folder that may be the data root.</param>
/// <param name="Good">What a good one holds.</param>
/// <param name="Read">Reads it, given the folder and the file, and says how many examples came.</param>
internal sealed record Loader(string File, byte[] Good, Func<string, string, int> Read)
{
    public const string Row = """{"experiment":"e","condition":"soft","seed":0,"profile":"quick","steps":10,"results":{"soft":{"accuracy":0.5,"pointing":null}},"seconds":1.5,"processorSeconds":1.5,"peakMegabytes":100,"versions":"1","machine":"x64"}""" + "\n";

    /// <summary>Other files that have to be there.</summary>
    public IReadOnlyList<(string File, byte[] Bytes)> Others { get; init; } = [];

    /// <summary>Is every cut noticed? Text that ends early at the end of a line is shorter text.</summary>
    public bool NoticesEveryCut { get; init; } = true;

    /// <summary>All loaders, by what they load. Every file has several thousand bytes.</summary>
    public static IReadOnlyDictionary<string, Loader> All { get; } = new Dictionary<string, Loader>(StringComparer.Ordinal)
    {
        ["images"] = new("images", Images(12), (_, path) => IdxFile.ReadImages(path).Shape[0]),
        ["compressed images"] = new("images.gz", Gzip(Noise(28 * 28 * 12, IdxWriter.Images(12)[..16])), (_, path) => IdxFile.ReadImages(path).Shape[0]),
        ["labels"] = new("labels", Labels(9000), (_, path) => IdxFile.ReadLabels(path).Shape[0]),
        ["digits"] = new("mnist/train-labels-idx1-ubyte", Labels(20), (root, _) => Digits.Mnist(new(root)).Train.Count)
        {
            Others = [("mnist/train-images-idx3-ubyte", Images(20)), ("mnist/t10k-images-idx3-ubyte", Images(10)), ("mnist/t10k-labels-idx1-ubyte", Labels(10))],
        },
        ["cluttered digits"] = new("cluttered-mnist/mnist_sequence1_sample_5distortions5x5.npz", Cluttered(new float[1600], 0, "(1, 1600)"), (root, _) => Digits.ClutteredMnist(new(root)).Train.Count),
        ["sound"] = new("a.wav", Wav(Shorts([.. Enumerable.Range(0, 4000).Select(i => (short)(i * 7))])), (_, path) => WavFile.Read(path).Samples.Length),
        ["recordings"] = new("fsdd/fsdd-recordings.tar.gz", Gzip(Recordings()), (root, _) => SpokenDigits.Fsdd(new(root)).Test.Count),
        ["uncompressed recordings"] = new("fsdd/fsdd-recordings.tar", Recordings(), (root, _) => SpokenDigits.Fsdd(new(root)).Test.Count),
        ["table"] = new("sst2/train.tsv", Repeated("a lovely , très dull film\t{0}\n", 300, 2), (root, _) => SentimentTreebank.Sst2(new(root)).Train.Count)
        {
            Others = [("sst2/dev.tsv", "good\t1\n"u8.ToArray()), ("sst2/test.tsv", "good\t1\n"u8.ToArray())],
            NoticesEveryCut = false,
        },
        ["trees"] = new("sst5-trees/train.txt", Repeated("(3 (2 It) (4 (2 's) (4 (4 lovely) ({0} film))))\n", 200, 5), (root, _) => SentimentTreebank.Sst5(new(root)).Train.Count)
        {
            Others = [("sst5-trees/dev.txt", "(2 a)\n"u8.ToArray()), ("sst5-trees/test.txt", "(2 a)\n"u8.ToArray())],
            NoticesEveryCut = false,
        },
        ["sentences"] = Sentences("multi30k/train.de", bytes => bytes),
        ["compressed sentences"] = Sentences("multi30k/train.de.gz", Gzip),
        ["vocabulary"] = new("words.txt", [.. "<pad>\n<start>\n<end>\n<unknown>\n"u8, .. Repeated("word{0}\n", 900, 900)], (_, path) => Vocabulary.Load(path).Count) { NoticesEveryCut = false },
        ["results"] = new("results.jsonl", [.. Enumerable.Range(0, 20).SelectMany(i => Encoding.UTF8.GetBytes(Row.Replace("\"seed\":0", $"\"seed\":{i}", StringComparison.Ordinal)))], (_, path) => new ResultFile(path).Rows.Count) { NoticesEveryCut = false },
        ["manifest"] = new("manifest.json", Encoding.UTF8.GetBytes(DataManifestTests.Example.PadRight(4000)), (_, path) => DataFile.Read(path, file => DataManifest.Read(file, path)).Sets.Count) { NoticesEveryCut = false },
    };

    /// <summary>Writes the good file, or something else in its place, and the others; gives its path.</summary>
    public string WriteTo(TemporaryFolder folder, byte[]? bytes)
    {
        foreach (var (file, other) in Others) folder.File(file, other);
        return bytes is null ? Path.Combine(folder.Path, File) : folder.File(File, bytes);
    }

    /// <summary>A file of cluttered MNIST with one image.</summary>
    public static byte[] Cluttered(float[] pixels, int label, string shape, string labelShape = "(1, 1)", string type = "<f4")
    {
        var images = Npy(type, shape, [.. pixels.SelectMany(BitConverter.GetBytes)]);
        var labels = Npy("<i4", labelShape, BitConverter.GetBytes(label));
        return Npz(System.IO.Compression.CompressionLevel.NoCompression, ("X_train", images), ("y_train", labels), ("X_test", images), ("y_test", labels));
    }

    /// <summary>Recordings of one speaker, but for those left out; what else is given comes first.</summary>
    public static byte[] Recordings(string? without = null, params System.Formats.Tar.TarEntry[] first) => TarArchives.Tar(
        [.. first, .. Enumerable.Range(0, 60).Select(i => $"{i / 6}_ann_{i % 6}.wav").Where(name => name != without).Select(name => TarArchives.File($"recordings/{name}", Wav(Shorts([.. name.Select(c => (short)c)]))))]);

    private static Loader Sentences(string file, Func<byte[], byte[]> pack) => new(file, pack(Repeated("Zwei weiße Männer, {0} Häuser.\n", 300, 300)), (root, _) => Multi30k.Read(new(root)).Train.Count)
    {
        Others =
        [
            ("multi30k/train.en", Repeated("two men, {0} houses\n", 300, 300)), ("multi30k/val.de", "a\n"u8.ToArray()), ("multi30k/val.en", "a\n"u8.ToArray()),
            ("multi30k/test_2016_flickr.de", "a\n"u8.ToArray()), ("multi30k/test_2016_flickr.en", "a\n"u8.ToArray()),
        ],
        NoticesEveryCut = file.EndsWith(".gz", StringComparison.Ordinal),
    };

    private static byte[] Repeated(string line, int count, int values) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, line, i % values))));

    // Bytes that do not compress, so that the file is as long as what is in it.
    private static byte[] Noise(int count, byte[] header)
    {
        var random = new SplitMix64(1, 1, 1);
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)random.Below(256);
        return [.. header, .. bytes];
    }
}
