using System.IO.Compression;
using static AttentionNotebooks.BadFiles;
using static AttentionNotebooks.NpzWriter;

namespace AttentionNotebooks;

public sealed class NpzFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_type_and_version_is_read(byte version)
    {
        byte[] bytes = [1, 0, 0, 0, 0, 0, 128, 63, 2, 0, 0, 0, 0, 0, 0, 64];
        var path = folder.File("a.npz", Npz(("f", Npy("<f4", "(2, 2)", bytes, version)), ("i", Npy("<i4", "(4,)", bytes, version)), ("l", Npy("<i8", "(2, 1)", bytes, version)), ("u", Npy("|u1", "(1, 4, 4)", bytes, version)), ("scalar", Npy("<i8", "()", bytes[..8], version, fortran: true))));

        var arrays = NpzFile.Read(path, "f", "i", "l", "u", "scalar");

        Assert.Equal(["f", "i", "l", "scalar", "u"], NpzFile.NamesIn(path));
        Assert.Equal([1.4e-45f, 1, 2.8e-45f, 2], Assert.IsType<float[]>(arrays[0].Values));
        Assert.Equal([1, 0x3F80_0000, 2, 0x4000_0000], Assert.IsType<int[]>(arrays[1].Values));
        Assert.Equal([0x3F80_0000_0000_0001, 0x4000_0000_0000_0002], Assert.IsType<long[]>(arrays[2].Values));
        Assert.Equal(bytes, Assert.IsType<byte[]>(arrays[3].Values));
        Assert.Equal([1, 4, 4], arrays[3].Shape);
        Assert.Equal([0x3F80_0000_0000_0001], Assert.IsType<long[]>(arrays[4].Values));
        Assert.Empty(arrays[4].Shape);
    }

    [Fact]
    public void Arrays_beyond_the_first_buffer_are_whole()
    {
        var bytes = IdxWriter.Counting(5_000_000);

        Assert.True(bytes.AsSpan().SequenceEqual(Assert.IsType<byte[]>(NpzFile.Read(folder.File("a.npz", Npz(("a", Npy("|u1", "(5, 1000000)", bytes)))), "a")[0].Values)));
    }

    [Theory]
    [InlineData("<f8", "(2,)", "<f8")]
    [InlineData(">f4", "(4,)", "little-endian")]
    [InlineData("|O", "(2,)", "|O")]
    [InlineData("|u1", "(17,)", "truncated: the header promises 17 = 17 values, and only 16")]
    [InlineData("<i8", "(3,)", "only 2 follow")]
    [InlineData("|u1", "(15,)", "too long")]
    [InlineData("|u1", "(99999999999,)", "cannot be")]
    [InlineData("|u1", "(65536, 65536)", "cannot be")]
    [InlineData("|u1", "(2000000000,)", "only 16 follow")]
    public void Other_types_and_wrong_sizes_are_said(string type, string shape, string says) => Wrong(Npy(type, shape, new byte[16]), "a.npy: ", says);

    [Fact]
    public void What_is_no_array_is_said()
    {
        Wrong(Npy("|u1", "(4, 4)", new byte[16], fortran: true), "fortran_order");
        Wrong(Npy("|u1", "(16,)", new byte[16], version: 4), "version 4.0");
        Wrong(WithHeader("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", new byte[4]), "not understood");
        Wrong(WithHeader("", []), "not understood");
        Wrong("no array at all"u8.ToArray(), "\\x93NUMPY");
        Wrong([], "truncated");
        Wrong(Npy("|u1", "(16,)", new byte[16])[..20], "truncated: it ends inside the header");
    }

    [Fact]
    public void A_promise_of_gigabytes_allocates_none_of_them()
    {
        var path = folder.File("a.npz", Npz(("a", Npy("<i8", "(2000000000,)", new byte[80]))));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(() => NpzFile.Read(path, "a"), path, "only 10 follow");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void A_file_without_the_array_names_those_it_has()
    {
        var path = folder.File("a.npz", Npz(("x", Npy("|u1", "(1,)", [1]))));
        Fails(() => NpzFile.Read(path, "y"), path, "no array y in it, but x");
        path = folder.File("a.npz", Npz(("x", Npy("|u1", "(1,)", [1])), ("x", Npy("|u1", "(1,)", [1]))));
        Fails(() => NpzFile.Read(path, "x"), path, "x.npy is there twice");
        path = folder.File("a.npz", "PK, but no zip"u8.ToArray());
        Fails(() => NpzFile.Read(path, "x"), path, "no zip archive");
        path = folder.File("a.npz", []);
        Fails(() => NpzFile.NamesIn(path), path, "empty");
    }

    [Fact]
    public void One_wrong_bit_among_the_values_is_noticed()
    {
        var values = IdxWriter.Counting(64);
        var bytes = Npz(CompressionLevel.NoCompression, ("a", Npy("|u1", "(64,)", values)));
        var at = bytes.AsSpan().IndexOf(values.AsSpan(20, 8));
        Assert.True(at > 0);
        bytes[at] ^= 1;
        var path = folder.File("a.npz", bytes);

        Fails(() => NpzFile.Read(path, "a"), path, "a.npy: its checksum is another");
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_an_error() =>
        FailsCutShort(folder, "a.npz", Npz(("a", Npy("<f4", "(20,)", new byte[80])), ("b", Npy("|u1", "(3,)", new byte[3]))), path => NpzFile.Read(path, "a", "b"));

    [Theory]
    [InlineData("<f4", "(2, 1600)", "<i4", "(2, 1)", new byte[] { 3, 0, 0, 0, 10, 0, 0, 0 }, "label 1 is 10")]
    [InlineData("<f4", "(2, 1600)", "<i4", "(1, 1)", new byte[] { 3, 0, 0, 0 }, "y_train is Int32 of 1 × 1, expected int32 of 2")]
    [InlineData("<f4", "(1, 3200)", "<i4", "(2, 1)", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "X_train is Single of 1 × 3200")]
    [InlineData("<i4", "(2, 1600)", "<i4", "(2, 1)", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "X_train is Int32")]
    public void Images_and_labels_must_fit(string imageType, string imageShape, string labelType, string labelShape, byte[] labels, string says)
    {
        var path = folder.File("cluttered-mnist/mnist_sequence1_sample_5distortions5x5.npz", Npz(("X_train", Npy(imageType, imageShape, new byte[12_800])), ("y_train", Npy(labelType, labelShape, labels))));

        Fails(() => Digits.ClutteredMnist(new(folder.Path)), path, says);
    }

    [Fact]
    public void A_pixel_that_is_no_number_is_named()
    {
        var pixels = new byte[6400];
        BitConverter.GetBytes(float.NaN).CopyTo(pixels, 40);
        var path = folder.File("cluttered-mnist/mnist_sequence1_sample_5distortions5x5.npz", Npz(("X_train", Npy("<f4", "(1, 1600)", pixels)), ("y_train", Npy("<i4", "(1, 1)", new byte[4]))));

        Fails(() => Digits.ClutteredMnist(new(folder.Path)), path, "pixel 10 of image 0 is NaN");
    }

    [SkippableFact]
    public void The_published_file_has_the_published_counts_and_labels()
    {
        var root = DataRoot.Find();
        Skip.IfNot(Directory.Exists(root.Of("cluttered-mnist")), $"cluttered MNIST is not in {root}");

        var data = Digits.ClutteredMnist(root);

        Assert.Equal((10_000, 1_000, 40, 40), (data.Train.Count, data.Test.Count, data.Train.Height, data.Train.Width));
        Assert.Equal([9, 9, 0, 8, 5], data.Train.Labels[..5]);
        Assert.Equal([4, 9, 6, 3, 6], data.Test.Labels[..5]);
        Assert.InRange(data.Train.Image(0).ToArray().Max(), 200, 255);
    }

    private void Wrong(byte[] array, params string[] says)
    {
        var path = folder.File("a.npz", Npz(("a", array)));
        Fails(() => NpzFile.Read(path, "a"), path, says);
    }
}
