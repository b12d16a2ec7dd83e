using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using static AttentionNotebooks.IdxWriter;
using static AttentionNotebooks.NpzWriter;
using static AttentionNotebooks.WavWriter;

namespace AttentionNotebooks;

/// <summary>Every parser, given 10,000 files that were damaged on purpose: it reads them or throws our exception, and takes little memory.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Count = 10_000;
    private const string Tree = "(3 (2 It) (4 (4 (2 's) (4 (3 (2 a) (4 (3 lovely) (2 film))) (1 dull))) (2 .)))\n(2 (3 ä) (1 ß))\n";
    private const string German = "Zwei junge weiße Männer sind im Freien.\nEin kleines Mädchen klettert.\nZwei Männer stehen am Herd.\n";

    // Buffers of streams and what a first use sets up.
    private const long Overhead = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = TemporaryFolder.InMemory();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Images() => OnlyOurs("images", IdxWriter.Images(3, 5, 4), path => IdxFile.ReadImages(path));

    [Fact]
    public void Labels() => OnlyOurs("labels", IdxWriter.Labels(40), path => IdxFile.ReadLabels(path));

    [Fact]
    public void Compressed_images() => OnlyOurs("images.gz", Gzip(IdxWriter.Images(3, 5, 4)), path => IdxFile.ReadImages(path));

    [Fact]
    public void Images_damaged_before_compression() => OnlyOurs("images.gz", IdxWriter.Images(3, 5, 4), path => IdxFile.ReadImages(path), Gzip);

    [Fact]
    public void Files_of_arrays() => OnlyOurs("a.npz", Npz(("a", Npy("<f4", "(20,)", Counting(80))), ("b", Npy("|u1", "(3,)", new byte[3]))), path => NpzFile.Read(path, "a", "b"));

    [Fact]
    public void Arrays_damaged_before_packing() => OnlyOurs("a.npz", Npy("<i4", "(2, 5)", Counting(40)), path => NpzFile.Read(path, "a"), bytes => Npz(("a", bytes)));

    [Fact]
    public void Sound() => OnlyOurs("a.wav", Wav(Shorts(new short[60]), channels: 2), path => WavFile.Read(path));

    [Fact]
    public void Archives_of_recordings() => OnlyOurs("fsdd/fsdd-recordings.tar", Recordings(), _ => SpokenDigits.Fsdd(new(folder.Path)));

    [Fact]
    public void Compressed_archives_of_recordings() => OnlyOurs("fsdd/fsdd-recordings.tar.gz", Gzip(Recordings()), _ => SpokenDigits.Fsdd(new(folder.Path)));

    [Fact]
    public void Archives_to_unpack() => OnlyOurs("archive.zip", ZipArchives.Zip(("top/trees/a.txt", Counting(50)), ("top/trees/b.txt", [1])), path =>
    {
        var target = Path.Combine(folder.Path, "unpacked");
        try
        {
            DataArchive.Unpack(path, new("zip", "trees", ".txt", 10_000, []), target);
        }
        finally
        {
            Directory.Delete(target, recursive: true);
            Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
        }
    });

    [Fact]
    public void Trees() => OnlyOurs("a.txt", Encoding.UTF8.GetBytes(Tree), path => SentimentTreebank.ReadTrees(path));

    [Fact]
    public void Tables() => OnlyOurs("a.tsv", Encoding.UTF8.GetBytes("it is good\t1\nit is très bad\t0\n"), path => SentimentTreebank.ReadTable(path));

    [Fact]
    public void Pairs_of_lines()
    {
        var target = folder.File("b", "1\n2\n3\n"u8.ToArray());
        OnlyOurs("a", Encoding.UTF8.GetBytes(German), path => Multi30k.ReadPairs(path, target));
    }

    [Fact]
    public void Compressed_pairs_of_lines()
    {
        var target = folder.File("b", "1\n2\n3\n"u8.ToArray());
        OnlyOurs("a.gz", Gzip(Encoding.UTF8.GetBytes(German)), path => Multi30k.ReadPairs(path, target));
    }

    [Fact]
    public void Vocabularies() => OnlyOurs("words.txt", "<pad>\n<start>\n<end>\n<unknown>\na\nbé\nc\n"u8.ToArray(), path => Vocabulary.Load(path));

    [Fact]
    public void Manifests() => OnlyOurs("manifest.json", Encoding.UTF8.GetBytes(DataManifestTests.Example), path =>
    {
        using var file = File.OpenRead(path);
        DataManifest.Read(file, path);
    });

    [Fact]
    public void Rows_of_results() => OnlyOurs("results.jsonl", Encoding.UTF8.GetBytes(Loader.Row + Loader.Row.Replace("\"seed\":0", "\"seed\":1", StringComparison.Ordinal)), path => _ = new ResultFile(path));

    [Fact]
    public void Checkpoints()
    {
        using var run = new CheckpointedRun(folder);
        OnlyOurs("run.checkpoint", run.Bytes, run.Load);
    }

    [Fact]
    public void Checkpoints_damaged_before_their_checksum()
    {
        using var run = new CheckpointedRun(folder);
        // Only what was forged gets past the checksum, and then the tensor library takes as many dimensions as it reads.
        OnlyOurs("run.checkpoint", run.Bytes[..^SHA256.HashSizeInBytes], run.Load, bytes => [.. bytes, .. SHA256.HashData(bytes)], overhead: 4L << 30);
    }

    private static byte[] Recordings() => TarArchives.Tar([.. Enumerable.Range(0, 10).Select(digit => TarArchives.File($"recordings/{digit}_ann_0.wav", Wav(Shorts(1, 2, 3))))]);

    private void OnlyOurs(string name, byte[] whole, Action<string> read, Func<byte[], byte[]>? pack = null, long overhead = Overhead)
    {
        var (refused, taken) = (0, 0);
        var path = folder.File(name, pack?.Invoke(whole) ?? whole);
        read(path);
        var property = Prop.ForAll(Damage.Any, damage =>
        {
            var damaged = damage.Of(whole);
            var bytes = pack?.Invoke(damaged) ?? damaged;
            Overwrite(path, bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
                taken++;
            }
            catch (DataFileException e)
            {
                refused++;
                Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
            }

            // Text becomes words and phrases, each an object of its own.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (2 * bytes.Length) + overhead);
        });

        // Always the same damage: what fails once fails again.
        var config = Config.QuickThrowOnFailure.WithMaxTest(Count).WithQuietOnSuccess(true).WithReplay(FSharpOption<Replay>.Some(new(new Rnd(2016UL, 1603UL), FSharpOption<int>.None)));
        var check = Task.Run(() => Check.One(config, property));
        Assert.True(Task.WaitAny([check], Patience) == 0, $"{name}: a parser does not come to an end.");
        check.GetAwaiter().GetResult();

        // Damage that is always noticed, or never, tests nothing.
        Assert.InRange(refused, Count / 20, Count);
        Assert.InRange(taken, 1, Count);
    }

    // Some file systems write a file to disk at once that was emptied and written anew.
    private static void Overwrite(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        file.SetLength(bytes.Length);
    }
}
