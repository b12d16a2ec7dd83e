using System.Security.Cryptography;

namespace AttentionNotebooks;

public class DrawnDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_bytes_on_every_machine()
    {
        var data = Digits.Drawn(seed: 1, trainCount: 100, testCount: 100);

        Assert.Equal("80215A7E253BE31A7CAC70D5DCA3C26968DBA46CDFA4BEFE2F0A5CB43090D3AE", Hash(data.Train));
        Assert.Equal("E50FBB5D071EAE39AAE28ACAF4E990714ABCBABCB596B6A0451A5B3FF1EC3A83", Hash(data.Test));
    }

    [Fact]
    public void A_longer_set_begins_with_the_shorter()
    {
        var shorter = Digits.Drawn(seed: 3, trainCount: 37, testCount: 5);
        var longer = Digits.Drawn(seed: 3, trainCount: 60, testCount: 20);

        Assert.Equal(shorter.Train.Pixels, longer.Train.Take(37).Pixels);
        Assert.Equal(shorter.Train.Labels, longer.Train.Take(37).Labels);
        Assert.Equal(shorter.Test.Pixels, longer.Test.Take(5).Pixels);
    }

    [Fact]
    public void No_image_is_drawn_twice_within_a_set_across_train_and_test_or_across_seeds()
    {
        var sets = new[] { 0L, 1, 2, -1, long.MaxValue }.SelectMany(seed =>
        {
            var data = Digits.Drawn(seed, trainCount: 500, testCount: 500);
            return new[] { data.Train, data.Test };
        });

        var images = sets.SelectMany(set => Enumerable.Range(0, set.Count).Select(i => Convert.ToHexString(set.Image(i)))).ToList();

        Assert.Equal(images.Count, images.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Each_ten_in_a_row_hold_every_digit_once_in_changing_order()
    {
        var blocks = Digits.Drawn(seed: 4, trainCount: 500, testCount: 0).Train.Labels.Chunk(10).ToList();

        Assert.All(blocks, block => Assert.Equal(10, block.Distinct().Count()));
        Assert.InRange(blocks.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count(), 49, 50);
    }

    [Fact]
    public void Every_image_is_ink_on_a_black_border()
    {
        var set = Digits.Drawn(seed: 5, trainCount: 2000, testCount: 0).Train;

        for (var i = 0; i < set.Count; i++)
        {
            var image = set.Image(i).ToArray();
            // A thin 1 has about 20 pixels of ink; a bold 8 about 250.
            Assert.InRange(image.Count(pixel => pixel > 127), 8, 350);
            Assert.InRange(image.Max(), 128, 255);
            Assert.Equal(0, image[0] + image[27] + image[756] + image[783]);
        }
    }

    [Fact]
    public void Each_skeleton_is_drawn_and_stays_within_its_grid()
    {
        Assert.Equal(10, DigitSkeletons.OfDigit.Length);
        Assert.All(DigitSkeletons.OfDigit, ways => Assert.InRange(ways.Length, 3, 8));
        var points = DigitSkeletons.OfDigit.SelectMany(ways => ways).SelectMany(way => way.Strokes).SelectMany(stroke => stroke.Points);
        Assert.All(points, point => Assert.True(point is { X: >= 15 and <= 85, Y: >= 5 and <= 95 }, $"{point}"));
    }

    [Fact]
    public void Nothing_drawn_is_an_empty_set_and_less_or_more_than_an_array_holds_is_an_error()
    {
        Assert.Equal(0, Digits.Drawn(seed: 1, trainCount: 0, testCount: 0).Train.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Drawn(seed: 1, trainCount: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Drawn(seed: 1, trainCount: int.MaxValue));
    }

    private static string Hash(DigitSet set) => Convert.ToHexString(SHA256.HashData([.. set.Pixels, .. set.Labels]));
}
