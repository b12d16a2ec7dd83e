using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Two looks at a canvas: what lies outside the chosen cell is neither computed nor known.</summary>
public class CellReaderTests
{
    private static readonly WindowGrid Windows = TwoLooksTask.Windows;

    [Fact]
    public void It_spreads_its_weight_over_the_windows_of_one_cell()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var reader = Make(new Sampled(), generator);

        var reading = reader.call(rand([5, 1, 68, 68], generator: generator), generator);

        Assert.Equal([5L, 1, 10], reading.Logits.shape);
        Assert.Equal([5L, 1, 36], reading.Attended.Weights.shape);
        Assert.True(reading.Attended.Weights.sum([-1]).allclose(ones(5, 1)));
        Assert.All(reading.Attended.Weights.gt(0).sum([-1]).data<long>().ToArray(), count => Assert.Equal(4, count));
        Assert.Equal([5L, 1], reading.Attended.LogProbability!.shape);
        Assert.Equal([5L, reader.OverviewFeatures], reading.Overview.shape);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 16)]
    [InlineData(8, 32)]
    public void Only_pixels_of_the_chosen_cell_matter(int cell, int corner)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var generator = new Generator(2);
        using var reader = Make(new Chosen(full([1, 1, 1], cell, int64)), generator);
        var canvas = rand([1, 1, 68, 68], generator: generator);
        Tensor Changed(bool inside)
        {
            var mask = zeros_like(canvas);
            mask.narrow(2, corner, 36).narrow(3, corner, 36).fill_(1);
            return reader.call(where(inside ? mask.eq(1) : mask.eq(0), 1 - canvas, canvas), null).Logits;
        }

        var logits = reader.call(canvas, null).Logits;

        Assert.True(logits.allclose(Changed(inside: false), 0, 1e-5));
        Assert.False(logits.allclose(Changed(inside: true), 0, 1e-3));
    }

    [Fact]
    public void The_values_of_a_cell_are_in_the_order_of_its_windows()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var generator = new Generator(3);
        var spy = new Spy();
        using var reader = new CellReader(Attend(new Chosen(full([1, 1, 1], 4, int64))), Attend(spy), generator, Windows);
        var canvas = rand([1, 1, 68, 68], generator: generator);
        Tensor Values(long down, long across)
        {
            var changed = canvas.clone();
            changed.narrow(2, down, 8).narrow(3, across, 8).zero_();
            reader.call(changed, null);
            return spy.All!;
        }

        reader.call(canvas, null);
        var values = spy.All!;

        // The corners of the cell belong to one of its windows each.
        Assert.Equal([4L, 64], values[0].shape);
        foreach (var (window, (down, across)) in new (long, long)[] { (16, 16), (16, 44), (44, 16), (44, 44) }.Index())
        {
            var differs = (Values(down, across) - values)[0].abs().amax([1]).gt(1e-4).data<bool>().ToArray();
            Assert.Equal(Enumerable.Range(0, 4).Select(n => n == window), differs);
        }
    }

    [Fact]
    public void It_computes_less_than_a_quarter_of_what_all_windows_take()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var canvas = rand([1, 1, 68, 68], generator: generator);
        using var two = Make(new MostLikely(), generator);
        using var all = new CanvasReader(Attend(new Expected()), generator, windows: Windows);
        long Operations(nn.Module<Tensor, Generator?, Reading> reader)
        {
            using var counter = new FlopCounter(reader);
            reader.call(canvas, null);
            return counter.Count;
        }

        Assert.True(4 * Operations(two) < Operations(all));
        Assert.Equal(9, two.Cells);
    }

    [Fact]
    public void Sizes_that_do_not_divide_are_refused()
    {
        using var generator = new Generator(5);
        using var over = Attend(new Sampled());
        using var within = Attend(new Expected());

        Assert.Throws<ArgumentException>(() => new CellReader(over, within, generator, new WindowGrid(60, 28, 8)));
        Assert.Throws<ArgumentException>(() => new CellReader(over, within, generator, new WindowGrid(66, 26, 8)));
    }

    private static Attention Attend(Read read) => new(new ScaledDotScore(), new Softmax(), read);

    private static CellReader Make(Read read, Generator generator) => new(Attend(read), Attend(new Expected()), generator, Windows);

    private sealed class Spy : Read
    {
        public Tensor? All { get; private set; }

        public override AttentionResult Take(Locations locations, Values values, Generator? generator)
        {
            All = values.All().clone().DetachFromDisposeScope();
            return new Expected().Take(locations, All, generator);
        }
    }
}
