using static AttentionNotebooks.IdxWriter;

namespace AttentionNotebooks;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plain_images_come_back_as_they_were_written()
    {
        var idx = IdxFile.ReadImages(_folder.File("images", Images(3, 4, 5)));

        Assert.Equal([3, 4, 5], idx.Shape);
        Assert.Equal(Counting(60), idx.Values);
    }

    [Theory]
    [InlineData("images.gz")]
    [InlineData("images")]
    public void Gzip_is_told_by_its_first_bytes_whatever_the_name(string name)
    {
        // More than the first buffer of the reader, so that it has to grow.
        var plain = IdxFile.ReadImages(_folder.File("plain.gz", Images(3000)));
        var zipped = IdxFile.ReadImages(_folder.File(name, Gzip(Images(3000))));

        Assert.Equal(plain.Shape, zipped.Shape);
        Assert.Equal(plain.Values, zipped.Values);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder.Path, "nowhere", "labels");

        Fails(() => IdxFile.ReadLabels(path), path, "no such file");
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_named() => Fails(() => IdxFile.ReadLabels(_folder.Path), _folder.Path, "cannot be read");

    [Fact]
    public void An_empty_file_is_called_empty()
    {
        var path = _folder.File("labels", []);

        Fails(() => IdxFile.ReadLabels(path), path, "empty");
    }

    [Fact]
    public void A_header_cut_short_inside_gzip_is_truncated()
    {
        var path = _folder.File("labels.gz", Gzip(Labels(10)[..5]));

        Fails(() => IdxFile.ReadLabels(path), path, "truncated", "8 bytes", "there are 5");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void A_header_cut_short_is_truncated(int length)
    {
        var path = _folder.File("images", Images(2, 2, 2)[..length]);

        Fails(() => IdxFile.ReadImages(path), path, "truncated", "16 bytes", $"there are {length}");
    }

    [Fact]
    public void Truncated_file_names_the_file_and_both_sizes()
    {
        var path = _folder.File("images", Images(3, 4, 5)[..^7]);

        Fails(() => IdxFile.ReadImages(path), path, "truncated", "3 × 4 × 5 = 60", "only 53");
    }

    [Fact]
    public void Truncated_inside_gzip_names_the_file_and_both_sizes()
    {
        var path = _folder.File("images.gz", Gzip(Images(3, 4, 5)[..^7]));

        Fails(() => IdxFile.ReadImages(path), path, "truncated", "3 × 4 × 5 = 60", "only 53");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trailing_bytes_are_an_error(bool gzip)
    {
        byte[] bytes = [.. Labels(10), 0];
        var path = _folder.File("labels", gzip ? Gzip(bytes) : bytes);

        Fails(() => IdxFile.ReadLabels(path), path, "too long", "10 bytes");
    }

    [Fact]
    public void A_wrong_magic_number_is_shown_beside_the_right_one()
    {
        var path = _folder.File("labels", Labels(10));

        Fails(() => IdxFile.ReadImages(path), path, "0x00000801", "0x00000803");
    }

    [Fact]
    public void A_type_other_than_unsigned_bytes_is_a_wrong_magic_number()
    {
        var path = _folder.File("images", Idx(0x0D03, [1, 1, 1], new byte[4]));

        Fails(() => IdxFile.ReadImages(path), path, "0x00000d03");
    }

    [Fact]
    public void A_web_page_saved_under_the_name_is_a_wrong_magic_number()
    {
        var path = _folder.File("images.gz", "<!DOCTYPE html><title>404</title>"u8.ToArray());

        Fails(() => IdxFile.ReadImages(path), path, "magic number is 0x3c21444f");
    }

    [Fact]
    public void Gzip_cut_short_anywhere_is_an_error_that_names_the_file()
    {
        var whole = Gzip(Labels(300));
        for (var length = 2; length < whole.Length; length++)
        {
            var path = _folder.File("labels.gz", whole[..length]);
            Fails(() => IdxFile.ReadLabels(path), path, "Delete it and get it again");
        }
    }

    [Fact]
    public void Bytes_after_the_end_of_gzip_are_an_error()
    {
        var path = _folder.File("labels.gz", [.. Gzip(Labels(300)), 1]);

        Fails(() => IdxFile.ReadLabels(path), path, "something follows");
    }

    [Fact]
    public void Gzip_with_another_checksum_is_damaged()
    {
        var bytes = Gzip(Labels(300));
        bytes[^8] ^= 1;
        var path = _folder.File("labels.gz", bytes);

        Fails(() => IdxFile.ReadLabels(path), path, "damaged");
    }

    [Theory]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)]
    [InlineData(0x80000000, 1, 1)]
    [InlineData(65536, 65536, 1)]
    [InlineData(10, 0, 28)]
    [InlineData(0, 28, 28)]
    public void Sizes_that_cannot_be_are_an_error(uint count, uint height, uint width)
    {
        var path = _folder.File("images", Idx(ImageMagic, [count, height, width], []));

        Fails(() => IdxFile.ReadImages(path), path, $"{count} × {height} × {width}", "cannot be");
    }

    [Fact]
    public void A_header_that_promises_gigabytes_allocates_none_of_them()
    {
        var path = _folder.File("images.gz", Gzip(Idx(ImageMagic, [2_000_000, 32, 32], new byte[100])));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(() => IdxFile.ReadImages(path), path, "only 100");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static void Fails(Action read, string path, params string[] says)
    {
        var error = Assert.Throws<DataFileException>(read);
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.All(says, words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
    }
}
