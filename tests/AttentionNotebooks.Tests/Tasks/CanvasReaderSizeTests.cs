using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>A reader of canvases and windows of other sizes, and of several objects.</summary>
public class CanvasReaderSizeTests
{
    public static TheoryData<int, int, int, int> Sizes => new() { { 40, 28, 4, 1 }, { 100, 28, 8, 1 }, { 76, 28, 8, 2 }, { 64, 20, 4, 3 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_reads_any_windows_and_each_object_with_a_step_of_its_own(int size, int window, int stride, int objects)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var windows = new WindowGrid(size, window, stride);
        var reader = Make(new Sampled(), generator, windows, objects);

        var reading = reader.call(rand([3, 1, size, size], generator: generator), generator);

        Assert.Equal([3L, objects, 10], reading.Logits.shape);
        Assert.Equal([3L, objects, windows.Count], reading.Attended.Weights.shape);
        Assert.Equal([3L, objects, 1], reading.Attended.Choice!.shape);
        Assert.Equal([3L, reader.OverviewFeatures], reading.Overview.shape);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_view_taken_entirely_reads_the_same_numbers(int size, int window, int stride, int objects)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var reader = Make(new MostLikely(), generator, new WindowGrid(size, window, stride), objects);
        var canvases = rand([3, 1, size, size], generator: generator);

        var (lazily, entirely) = (reader.Attend(reader.Look(canvases), null), reader.Attend(reader.Look(canvases, entirely: true), null));

        Assert.True(lazily.Logits.allclose(entirely.Logits, 1e-4, 1e-5));
        Assert.True(lazily.Logits.Equals(reader.call(canvases, null).Logits));
    }

    [Fact]
    public void A_hard_read_of_two_objects_computes_two_windows_and_no_more()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var reader = Make(new Expected(), generator, new WindowGrid(76, 28, 8), 2);
        var canvas = rand([1, 1, 76, 76], generator: generator);
        long Operations(Read read)
        {
            using var counter = new FlopCounter(reader);
            reader.ReadAs(canvas, read, generator);
            return counter.Count;
        }

        // Two operations for each weight of each place: two convolutions, and the layer over a window's 5×5 places.
        static long Convolved(long first, long second) => 2 * (first * first * 16 * 25 + second * second * 32 * 16 * 9);
        const long Summary = 2 * 5 * 5 * 32 * 64;
        var (all, two) = (Convolved(36, 17) + 49 * Summary, 2 * (Convolved(12, 5) + Summary));

        Assert.Equal(all - two, Operations(new Expected()) - Operations(new Sampled()));
    }

    // The same digit on the left and on the right: what differs between two windows is where they are.
    [Fact]
    public void In_another_type_a_reader_of_two_objects_reads_the_same()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var windows = new WindowGrid(60, 28, 8);
        var reader = Make(new MostLikely(), generator, windows, objects: 2);
        var canvases = rand([3, 1, 60, 60], generator: generator);
        var before = reader.call(canvases, null).Logits;

        reader.to(float64);
        var after = reader.call(canvases.to(float64), null).Logits;

        Assert.Equal(float64, after.dtype);
        Assert.True(after.allclose(before.to(float64), 1e-4, 1e-5), "the numbers are other ones");
    }

    [Fact]
    public void Of_several_objects_the_keys_know_where_windows_are()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (one, two) = (Make(new Expected(), generator, new WindowGrid(76, 28, 8), 1), Make(new Expected(), generator, new WindowGrid(76, 28, 8), 2));
        // Away from the border an empty canvas is the same everywhere.
        Tensor Spread(CanvasReader reader) => reader.Look(zeros(1, 1, 76, 76)).Keys.std([1L]).amax();

        Assert.Equal(0, Spread(one).ToDouble(), 6);
        Assert.True(Spread(two).ToDouble() > 0.1);
    }

    [Fact]
    public void Windows_that_do_not_fit_the_convolutions_are_an_error_that_says_so()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);

        var message = Assert.Throws<ArgumentException>(() => Make(new Expected(), generator, new WindowGrid(60, 26, 8), 1)).Message;

        Assert.StartsWith("Windows of 26 pixels, 8 apart, on a canvas of 60: take multiples of 4", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Make(new Expected(), generator, new WindowGrid(60, 8, 4), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(new Expected(), generator, new WindowGrid(60, 28, 8), 0));
    }

    private static CanvasReader Make(Read read, Generator generator, WindowGrid windows, int objects) =>
        new(new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 8), new Softmax(), read), generator, windows: windows, objects: objects);
}
