using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class DigitCanvasTests
{
    private static readonly DigitSet Set = Digits.Drawn(seed: 1, trainCount: 200, testCount: 0).Train;

    [Fact]
    public void The_same_seed_draws_the_same_canvases_bit_for_bit_and_another_seed_others()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set);

        var (first, second, other) = (Drawn(canvas, 50, 1), Drawn(canvas, 50, 1), Drawn(canvas, 50, 2));

        Assert.True(first.Images.Equals(second.Images) && first.Labels.Equals(second.Labels) && first.Boxes!.Equals(second.Boxes!));
        Assert.False(first.Images.Equals(other.Images));
        Assert.False(first.Boxes!.Equals(other.Boxes!));
    }

    [Fact]
    public void Canvases_have_their_shapes_their_range_and_one_digit_of_the_set()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set, clutter: 0);

        var batch = Drawn(canvas, 100, 1);

        Assert.Equal((100, float32, int64, float32), (batch.Count, batch.Images.dtype, batch.Labels.dtype, batch.Boxes!.dtype));
        Assert.Equal([100L, 1, 60, 60], batch.Images.shape);
        Assert.Equal([100L, 1], batch.Labels.shape);
        Assert.Equal([100L, 1, 4], batch.Boxes.shape);
        Assert.InRange(batch.Images.min().ToSingle(), 0, 0);
        Assert.InRange(batch.Images.max().ToSingle(), 0.9f, 1);
        var digits = Enumerable.Range(0, Set.Count).Select(i => Ink(Set.Image(i).ToArray().Select(pixel => pixel / 255f), Set.Labels[i])).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < 100; i++)
            Assert.Contains(Ink(batch.Images[i].data<float>().ToArray(), batch.Labels[i, 0].ToInt64()), digits);
    }

    [Fact]
    public void The_box_is_the_tight_box_of_the_digit_s_ink()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set, clutter: 0);

        var batch = Drawn(canvas, 200, 3);

        for (var i = 0; i < 200; i++)
        {
            var ink = (batch.Images[i, 0] * 255 > 50.5).nonzero();
            var (first, last) = (ink.amin([0L]), ink.amax([0L]) + 1);
            long[] tight = [first[1].ToInt64(), first[0].ToInt64(), last[1].ToInt64(), last[0].ToInt64()];
            Assert.Equal(tight, batch.Boxes![i, 0].to(int64).data<long>().ToArray());
            Assert.True(tight[0] >= 0 && tight[1] >= 0 && tight[2] <= 60 && tight[3] <= 60);
        }
    }

    [Fact]
    public void Clutter_adds_ink_elsewhere_and_changes_neither_the_digit_nor_its_box()
    {
        using var scope = NewDisposeScope();
        using var plain = new DigitCanvas(Set, clutter: 0);
        using var cluttered = new DigitCanvas(Set, clutter: 4);

        // The digit and its place are drawn first, so that the same seed differs by the clutter alone.
        var (without, with) = (Drawn(plain, 200, 4), Drawn(cluttered, 200, 4));

        Assert.True(without.Boxes!.Equals(with.Boxes!));
        Assert.True(without.Labels.Equals(with.Labels));
        Assert.True((with.Images >= without.Images).all().ToBoolean());
        Assert.InRange(with.Images.max().ToSingle(), 0.9f, 1);
        var added = (with.Images - without.Images > 0).sum([1, 2, 3]);
        // Four pieces of 64 pixels at most.
        Assert.InRange(added.max().ToInt64(), 50, 4 * 64);
        Assert.InRange(added.gt(0).to(float64).mean().ToDouble(), 0.9, 1);
    }

    [Fact]
    public void Every_place_occurs_as_often_as_every_other()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Dots(), clutter: 0);

        var batch = Drawn(canvas, 20_000, 5);

        foreach (var side in new[] { 0, 1 })
        {
            var places = (batch.Boxes!.select(2, side) - 10).to(int64).flatten();
            var p = ChiSquare.GoodnessOfFit(ChiSquare.Counts(places, 33), [.. Enumerable.Repeat(1.0 / 33, 33)]);
            Assert.True(p > 1e-3, $"p = {p}");
        }
    }

    [Fact]
    public void Left_and_top_are_independent_and_every_digit_is_as_likely()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set, clutter: 0);
        using var dots = new DigitCanvas(Dots(), clutter: 0);
        var (batch, table) = (Drawn(dots, 20_000, 6), new long[3, 3]);
        var places = ((batch.Boxes! - 10) / 11).to(int64).data<long>().ToArray();
        for (var i = 0; i < 20_000; i++) table[places[4 * i], places[4 * i + 1]]++;

        var p = ChiSquare.GoodnessOfFit(ChiSquare.Counts(Drawn(canvas, 20_000, 7).Labels.flatten(), 10), [.. Enumerable.Repeat(0.1, 10)]);

        Assert.True(p > 1e-3, $"p = {p}");
        Assert.InRange(ChiSquare.Independence(table), 1e-3, 1);
    }

    [Fact]
    public void Clutter_comes_from_other_images_than_the_digit()
    {
        using var scope = NewDisposeScope();
        // One image is black and the other is not: where the digit is black, the clutter is not.
        using var canvas = new DigitCanvas(Plain(0, 255), size: 60, clutter: 3);

        var batch = Drawn(canvas, 200, 8);

        var ink = batch.Images.sum([1, 2, 3]);
        var black = batch.Labels.eq(0).squeeze(1);
        Assert.InRange(ink.masked_select(black).min().ToSingle(), 64, 3 * 64);
        Assert.True(ink.masked_select(black.logical_not()).eq(28 * 28).all().ToBoolean());
    }

    [Fact]
    public void A_canvas_of_a_digit_s_size_has_one_place()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set, size: 28, clutter: 0);

        var batch = Drawn(canvas, 20, 9);

        Assert.Equal([20L, 1, 28, 28], batch.Images.shape);
        Assert.InRange(batch.Boxes!.max().ToSingle(), 10, 28);
    }

    [Fact]
    public void What_cannot_be_drawn_is_an_error_that_says_why()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set);

        Assert.Contains("at least two square images", Assert.Throws<ArgumentException>(() => new DigitCanvas(Set.Take(1))).Message, StringComparison.Ordinal);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new DigitCanvas(Set, size: 55, objects: 2)).ParamName);
        Assert.Equal("objects", Assert.Throws<ArgumentOutOfRangeException>(() => new DigitCanvas(Set, objects: 0)).ParamName);
        Assert.Throws<ArgumentException>(() => new DigitCanvas(new DigitSet("flat", 2, 8, new byte[32], [0, 1], Digits.Names, "made")));
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new DigitCanvas(Set, size: 27)).ParamName);
        Assert.Equal("clutter", Assert.Throws<ArgumentOutOfRangeException>(() => new DigitCanvas(Set, clutter: -1)).ParamName);
        Assert.Equal("clutterSize", Assert.Throws<ArgumentOutOfRangeException>(() => new DigitCanvas(Set, clutterSize: 29)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => Drawn(canvas, 0, 1)).ParamName);
        Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => canvas.Draw(1, null!)).ParamName);
    }

    [Fact]
    public void A_canvas_outlives_its_scope_hands_over_its_batch_only_and_leaves_nothing_when_disposed()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        DigitCanvas canvas;
        using (NewDisposeScope()) canvas = new DigitCanvas(Set);

        Assert.Equal(3, LiveTensors.HandedOverBy(() => canvas.Draw(5, generator)));
        using (canvas.Draw(5, generator))
        {
        }

        canvas.Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_slice_holds_some_of_the_canvases_and_as_many_as_there_are()
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(Set);
        var batch = Drawn(canvas, 10, 1);

        var slice = batch.Slice(7, 5);

        Assert.Equal(3, slice.Count);
        Assert.True(slice.Images.Equals(batch.Images[7..]) && slice.Labels.Equals(batch.Labels[7..]) && slice.Boxes!.Equals(batch.Boxes![7..]));
    }

    private static CanvasBatch Drawn(DigitCanvas canvas, int count, ulong seed)
    {
        using var generator = new Generator(seed);
        return canvas.Draw(count, generator);
    }

    // Two images of one bright pixel each at (10, 10): the box tells the place.
    private static DigitSet Dots()
    {
        var pixels = new byte[2 * 28 * 28];
        (pixels[10 * 28 + 10], pixels[28 * 28 + 10 * 28 + 10]) = (255, 255);
        return new DigitSet("dots", 28, 28, pixels, [0, 1], Digits.Names, "made");
    }

    private static DigitSet Plain(byte first, byte second) =>
        new("plain", 28, 28, [.. Enumerable.Repeat(first, 784), .. Enumerable.Repeat(second, 784)], [0, 1], Digits.Names, "made");

    private static string Ink(IEnumerable<float> pixels, long label) =>
        $"{label}: {string.Join(' ', pixels.Where(pixel => pixel > 0).Select(pixel => (int)Math.Round(pixel * 255)))}";
}
