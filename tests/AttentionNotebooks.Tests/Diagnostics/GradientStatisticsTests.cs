using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class GradientStatisticsTests
{
    [Fact]
    public void Chunks_of_any_size_give_the_moments_of_all_together()
    {
        using var scope = NewDisposeScope();
        var estimates = Draw.Normal(1, [1000, 2, 3]) * 3 + 100;
        using var statistics = new GradientStatistics();
        foreach (var chunk in estimates.split([1, 0, 7, 500, 492], 0)) statistics.Add(chunk);

        Assert.Equal(1000, statistics.Count);
        Assert.True(statistics.Mean.allclose(estimates.mean([0]).flatten(), 0, 1e-11));
        Assert.Equal(estimates.var(0).sum().ToDouble(), statistics.Variance, 8);
        Assert.True(statistics.Deviations.allclose(estimates.std(0).flatten(), 0, 1e-10));
        Assert.Equal(estimates.mean([0]).norm().ToDouble() / Math.Sqrt(estimates.var(0).sum().ToDouble()), statistics.SignalToNoise, 9);
    }

    [Fact]
    public void Errors_against_the_exact_gradient_are_their_formulas()
    {
        using var scope = NewDisposeScope();
        var (estimates, exact) = (Draw.Normal(1, [400, 3]), tensor([0.1, 0, -0.2]));
        using var statistics = new GradientStatistics();
        statistics.Add(estimates);

        var z = ((estimates.mean([0]) - exact) / (estimates.std(0) / 20)).data<double>().ToArray();
        Assert.All(statistics.ZScores(exact).Zip(z), pair => Assert.Equal(pair.Second, pair.First, 10));
        Assert.Equal((estimates.mean([0]) - exact).norm().ToDouble(), statistics.Bias(exact), 10);
        Assert.Equal((estimates - exact).square().sum(-1).mean().ToDouble(), statistics.MeanSquaredError(exact), 10);
    }

    [Fact]
    public void Without_spread_an_estimate_is_right_or_infinitely_wrong()
    {
        using var scope = NewDisposeScope();
        using var statistics = new GradientStatistics();
        statistics.Add(tensor([1.0, 2, 1, 2], [2, 2]));

        Assert.Equal([0, double.PositiveInfinity], statistics.ZScores(tensor([1.0, 3])).Select(Math.Abs));
    }

    [Fact]
    public void Too_few_estimates_and_other_sizes_are_errors_and_nothing_is_left()
    {
        using var scope = NewDisposeScope();
        using var statistics = new GradientStatistics();
        Assert.Contains("No estimate", Assert.Throws<InvalidOperationException>(() => statistics.Mean).Message, StringComparison.Ordinal);
        statistics.Add(zeros(1, 3));

        Assert.Contains("at least 2", Assert.Throws<InvalidOperationException>(() => statistics.Variance).Message, StringComparison.Ordinal);
        Assert.StartsWith("estimates has shape [2, 4], expected [R, 3].", Assert.Throws<ArgumentException>(() => statistics.Add(zeros(2, 4))).Message, StringComparison.Ordinal);
        Assert.StartsWith("exact has shape [4], expected [3].", Assert.Throws<ArgumentException>(() => statistics.Bias(zeros(4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => statistics.Add(zeros(3)));
        var chunk = zeros(5, 3);
        Assert.Equal(0, LiveTensors.LeftBy(() => statistics.Add(chunk)));
    }
}
