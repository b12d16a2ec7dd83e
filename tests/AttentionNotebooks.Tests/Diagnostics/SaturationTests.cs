using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SaturationTests
{
    [Fact]
    public void The_slope_is_nothing_where_one_has_all_and_largest_where_all_have_the_same()
    {
        using var scope = NewDisposeScope();

        var slopes = Saturation.Slope(tensor([1.0, 0, 0, 0, 0.25, 0.25, 0.25, 0.25], [2, 4]));

        Assert.Equal([0, 0.75], slopes.data<double>().ToArray());
    }

    [Fact]
    public void Of_two_locations_the_limit_is_one_over_the_root_of_pi() => Assert.Equal(1 / Math.Sqrt(Math.PI) / 8, Saturation.Limit(2, 8), 9);

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(100)]
    public void Far_apart_scores_have_the_slope_of_the_limit(int locations)
    {
        using var scope = NewDisposeScope();
        const double deviation = 20;
        var scores = deviation * Draw.Normal(3, [20_000, locations]);

        var slopes = Saturation.Slope(scores.softmax(-1));

        var error = slopes.std().ToDouble() / Math.Sqrt(20_000);
        // Corrections are of the order of 1/σ².
        Assert.InRange(slopes.mean().ToDouble(), 0.99 * Saturation.Limit(locations, deviation) - 4 * error, 1.01 * Saturation.Limit(locations, deviation) + 4 * error);
    }
}
