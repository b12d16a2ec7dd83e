using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Canvases with several digits beside each other.</summary>
public class DigitRowTests
{
    private static readonly DigitSet Set = Digits.Drawn(seed: 1, trainCount: 200, testCount: 0).Train;

    [Theory]
    [InlineData(2, 76)]
    [InlineData(3, 100)]
    [InlineData(2, 56)]
    public void Digits_share_no_column_and_come_from_left_to_right(int objects, int size)
    {
        using var scope = NewDisposeScope();
        var batch = Drawn(objects, size, 300, 1);

        Assert.Equal([300L, objects], batch.Labels.shape);
        Assert.Equal([300L, objects, 4], batch.Boxes!.shape);
        Assert.True((batch.Boxes >= 0).all().ToBoolean() && (batch.Boxes <= size).all().ToBoolean());
        for (var i = 1; i < objects; i++)
            Assert.True((batch.Boxes.select(1, i).select(1, 0) >= batch.Boxes.select(1, i - 1).select(1, 2)).all().ToBoolean());
    }

    // Cut out by its box, each digit is one of the set with that label, and nothing is left of the canvas outside the boxes.
    [Fact]
    public void Each_box_holds_the_ink_of_its_digit_and_there_is_no_other()
    {
        using var scope = NewDisposeScope();
        var batch = Drawn(2, 76, 60, 2);
        var known = Enumerable.Range(0, Set.Count).Select(i => (Set.Labels[i], Total: Set.Image(i).ToArray().Sum(pixel => pixel > 50 ? pixel : 0))).ToHashSet();

        for (var i = 0; i < 60; i++)
        {
            var bytes = (batch.Images[i, 0] * 255).round();
            var ink = where(bytes > 50, bytes, 0);
            var inside = 0L;
            for (var o = 0; o < 2; o++)
            {
                var box = batch.Boxes![i, o].to(int64).data<long>().ToArray();
                var cut = (long)ink.narrow(0, box[1], box[3] - box[1]).narrow(1, box[0], box[2] - box[0]).sum().ToSingle();
                Assert.Contains(((byte)batch.Labels[i, o].ToInt64(), (int)cut), known);
                inside += cut;
            }

            Assert.Equal((long)ink.sum().ToSingle(), inside);
        }
    }

    [Fact]
    public void Every_pair_of_digits_is_as_likely_and_both_reach_every_column_that_is_theirs()
    {
        using var scope = NewDisposeScope();
        var batch = Drawn(2, 60, 20_000, 3);
        var table = new long[10, 10];
        var labels = batch.Labels.data<long>().ToArray();
        for (var i = 0; i < 20_000; i++) table[labels[2 * i], labels[2 * i + 1]]++;

        Assert.InRange(ChiSquare.Independence(table), 1e-3, 1);
        using var dots = new DigitCanvas(Dots(), size: 60, clutter: 0, objects: 2);
        using var generator = new Generator(4);
        // The dot is 10 pixels into its image: columns 0..4 for the first image, 28..32 for the second.
        var columns = dots.Draw(2000, generator).Boxes!.select(2, 0) - 10;
        Assert.Equal([0L, 1, 2, 3, 4], columns.select(1, 0).to(int64).unique().output.data<long>().ToArray().Order());
        Assert.Equal([28L, 29, 30, 31, 32], columns.select(1, 1).to(int64).unique().output.data<long>().ToArray().Order());
    }

    // The drawn digits and libtorch's generator (Mersenne Twister) are the same on every platform.
    [Fact]
    public void The_canvases_of_a_seed_are_these()
    {
        using var scope = NewDisposeScope();
        var batch = Drawn(2, 76, 20, 5);
        byte[] bytes =
        [
            .. (batch.Images * 255).round().to(uint8).data<byte>().ToArray(),
            .. batch.Labels.data<long>().ToArray().Select(label => (byte)label),
            .. batch.Boxes!.to(uint8).data<byte>().ToArray(),
        ];

        Assert.StartsWith("df4685c64bd7ed18453b33133b2ea893849da1bd", Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal);
    }

    private static CanvasBatch Drawn(int objects, int size, int count, ulong seed)
    {
        using var canvas = new DigitCanvas(Set, size, clutter: 0, objects: objects);
        using var generator = new Generator(seed);
        return canvas.Draw(count, generator);
    }

    private static DigitSet Dots()
    {
        var pixels = new byte[2 * 28 * 28];
        (pixels[10 * 28 + 10], pixels[28 * 28 + 10 * 28 + 10]) = (255, 255);
        return new DigitSet("dots", 28, 28, pixels, [0, 1], Digits.Names, "made");
    }
}
