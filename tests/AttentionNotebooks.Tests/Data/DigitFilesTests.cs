using static AttentionNotebooks.IdxWriter;

namespace AttentionNotebooks;

public sealed class DigitFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DataRoot Root => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train-images-idx3-ubyte", true)]
    [InlineData("train-images-idx3-ubyte.gz", true)]
    [InlineData("train-images.idx3-ubyte", false)]
    [InlineData("train-images.idx3-ubyte.gz", true)]
    public void The_usual_names_are_found_compressed_or_not(string name, bool gzip)
    {
        WriteMnist();
        File.Delete(Path.Combine(_folder.Path, "mnist", "train-images-idx3-ubyte"));
        _folder.File($"mnist/{name}", gzip ? Gzip(Images(20)) : Images(20));

        var data = Digits.Mnist(Root);

        Assert.Equal(("MNIST", 20, 10), (data.Name, data.Train.Count, data.Test.Count));
        Assert.Equal(Counting(20 * 784), data.Train.Pixels);
        Assert.Equal("MNIST, mnist/ of the data root.", data.Why);
    }

    [Fact]
    public void Missing_files_name_the_folder_what_was_looked_for_and_what_to_do()
    {
        var error = Assert.Throws<DataFileException>(() => Digits.FashionMnist(Root));

        Assert.Equal(Path.Combine(_folder.Path, "fashion-mnist"), error.Path);
        Assert.Contains("train-images-idx3-ubyte.gz or train-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
        Assert.Contains("ATTENTION_DATA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_count_of_labels_than_of_images_names_both_files_and_both_counts()
    {
        WriteMnist();
        var labels = _folder.File("mnist/t10k-labels-idx1-ubyte", Labels(9));

        var error = Assert.Throws<DataFileException>(() => Digits.Mnist(Root));

        Assert.Equal(labels, error.Path);
        Assert.Contains("9 labels", error.Message, StringComparison.Ordinal);
        Assert.Contains("10 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("t10k-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_without_a_class_is_an_error()
    {
        WriteMnist();
        var labels = _folder.File("mnist/train-labels-idx1-ubyte", Idx(LabelMagic, [20], [.. new byte[19], 10]));

        var error = Assert.Throws<DataFileException>(() => Digits.Mnist(Root));

        Assert.Equal(labels, error.Path);
        Assert.Contains("label 19 is 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_another_size_are_an_error()
    {
        WriteMnist();
        var images = _folder.File("mnist/train-images-idx3-ubyte", Images(20, 32, 32));

        var error = Assert.Throws<DataFileException>(() => Digits.Mnist(Root));

        Assert.Equal(images, error.Path);
        Assert.Contains("32×32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mnist_is_taken_where_it_is()
    {
        WriteMnist();

        Assert.Equal("MNIST", Digits.MnistOrDrawn(Root, seed: 1, trainCount: 10, testCount: 10).Name);
    }

    [Fact]
    public void Digits_are_drawn_where_no_mnist_is_and_the_reason_says_so()
    {
        var data = Digits.MnistOrDrawn(Root, seed: 1, trainCount: 30, testCount: 10);

        Assert.Equal(("drawn digits", 30, 10), (data.Name, data.Train.Count, data.Test.Count));
        Assert.Equal("Drawn digits, made from seed 1: the data root has no MNIST.", data.Why);
    }

    [Fact]
    public void An_incomplete_mnist_is_an_error_not_a_reason_to_draw()
    {
        WriteMnist();
        File.Delete(Path.Combine(_folder.Path, "mnist", "t10k-labels-idx1-ubyte"));

        var error = Assert.Throws<DataFileException>(() => Digits.MnistOrDrawn(Root, seed: 1));

        Assert.Contains("t10k-labels-idx1-ubyte.gz", error.Message, StringComparison.Ordinal);
    }

    private void WriteMnist()
    {
        _folder.File("mnist/train-images-idx3-ubyte", Images(20));
        _folder.File("mnist/train-labels-idx1-ubyte", Labels(20));
        _folder.File("mnist/t10k-images-idx3-ubyte", Images(10));
        _folder.File("mnist/t10k-labels-idx1-ubyte", Labels(10));
    }
}
