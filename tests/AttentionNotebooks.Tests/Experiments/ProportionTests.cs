using MathNet.Numerics.Distributions;

namespace AttentionNotebooks.Tests;

public sealed class ProportionTests
{
    [Fact]
    public void The_interval_is_that_of_the_score_test()
    {
        // The ends are where |p̂ − p| = z √(p (1 − p) / n).
        foreach (var (value, trials) in new[] { (0.5, 10L), (0.945, 2000L), (0.1, 37L) })
        {
            var share = new Proportion(value, trials);
            foreach (var end in new[] { share.Low, share.High })
                Assert.Equal(1.959963984540054, Math.Abs(value - end) / Math.Sqrt(end * (1 - end) / trials), 9);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void It_stays_within_0_and_1_and_has_a_width_at_the_ends(double value)
    {
        var share = new Proportion(value, 50);
        Assert.InRange(share.Low, 0, value);
        Assert.InRange(share.High, value, 1);
        Assert.True(share.High - share.Low > 0.05);
    }

    [Theory]
    [InlineData(0.5, 40)]
    [InlineData(0.9, 60)]
    [InlineData(0.97, 200)]
    public void It_covers_the_truth_about_95_times_in_a_hundred(double truth, int trials)
    {
        // Exact coverage: the probability of all counts whose interval holds the truth.
        var binomial = new Binomial(truth, trials);
        var covered = Enumerable.Range(0, trials + 1)
            .Where(hits => new Proportion((double)hits / trials, trials) is var share && share.Low <= truth && truth <= share.High)
            .Sum(binomial.Probability);
        Assert.InRange(covered, 0.92, 0.98);
    }

    [Fact]
    public void It_prints_percent_whatever_the_culture() => Assert.Equal("94.6 % [93.5, 95.5]", new Proportion(0.9455, 2000).ToString());
}
