using TorchSharp;

namespace AttentionNotebooks;

public class DigitSetTests
{
    private static readonly DigitSet Two = new("two", 2, 3, [0, 51, 255, 0, 0, 0, 1, 2, 3, 4, 5, 102], [1, 0], ["no", "yes"], "a test");

    [Fact]
    public void Images_become_floats_from_0_to_1()
    {
        using var images = Two.ToImages();

        Assert.Equal([2, 1, 2, 3], images.shape);
        Assert.Equal(torch.float32, images.dtype);
        Assert.Equal([0, 0.2f, 1, 0, 0, 0, 1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 5 / 255f, 0.4f], images.data<float>().ToArray());
    }

    [Fact]
    public void Labels_become_whole_numbers()
    {
        using var labels = Two.ToLabels();

        Assert.Equal([2], labels.shape);
        Assert.Equal([1L, 0L], labels.data<long>().ToArray());
    }

    [Fact]
    public void An_empty_set_has_empty_tensors()
    {
        using var images = Two.Take(0).ToImages();
        using var labels = Two.Take(0).ToLabels();

        Assert.Equal([0, 1, 2, 3], images.shape);
        Assert.Equal([0], labels.shape);
    }

    [Fact]
    public void A_conversion_leaves_one_tensor_that_the_caller_owns_and_shares_nothing_with_the_set()
    {
        using var scope = torch.NewDisposeScope();
        var images = Two.ToImages();
        Assert.Equal(1, scope.DisposablesCount);

        images.zero_();

        Assert.Equal(255, Two.Pixels[2]);
    }

    [Fact]
    public void An_image_is_its_own_pixels()
    {
        Assert.Equal([1, 2, 3, 4, 5, 102], Two.Image(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.Image(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.Image(-1).Length);
    }

    [Fact]
    public void Take_keeps_the_first_and_refuses_more_than_there_are()
    {
        var one = Two.Take(1);

        Assert.Equal([0, 51, 255, 0, 0, 0], one.Pixels);
        Assert.Equal([1], one.Labels);
        Assert.Equal("two", one.Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.Take(3));
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused_with_both_sizes()
    {
        var error = Assert.Throws<ArgumentException>(() => new DigitSet("x", 2, 3, new byte[11], [0, 0], ["a"], "a test"));

        Assert.Contains("need 12 pixels, not 11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_classes_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DigitSet("x", 1, 1, new byte[1], [255], [], "a test"));

    [Fact]
    public void A_label_without_a_class_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new DigitSet("x", 1, 1, new byte[2], [0, 3], ["a", "b", "c"], "a test"));

        Assert.Contains("Label 1 is 3, and there are 3 classes", error.Message, StringComparison.Ordinal);
    }
}
