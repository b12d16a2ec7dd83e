namespace AttentionNotebooks;

public class ChoiceReportTests
{
    private static readonly EstimateQuality Noisy = new("noisy", Role.Hard, 2, 400, [1, 0], [3, 4], [1, 0]);
    private static readonly EstimateQuality Wrong = new("wrong", Role.Hybrid, 1, 400, [0, 1], [0, 0], [1, 0]);

    [Fact]
    public void A_quality_is_its_formulas()
    {
        Assert.Equal(25, Noisy.Variance);
        Assert.Equal(50, Noisy.VarianceTimesRuns);
        Assert.Equal(0.2, Noisy.SignalToNoise, 12);
        Assert.Equal(0, Noisy.Bias);
        Assert.Equal(0.25, Noisy.BiasByChance, 12);
        Assert.Equal(Math.Sqrt(2), Wrong.Bias, 12);
    }

    [Fact]
    public void The_table_has_a_row_for_each()
    {
        var lines = ChoiceReport.Qualities([Noisy, Wrong]).ToString().Replace('\u00A0', ' ').Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^noisy +0\.0 +0\.0 % +25\.0 % +25\.000 +0\.200 +2 +50\.000$", lines[1]);
        Assert.Matches(@"^wrong +0\.0 +141\.4 % +0\.0 % +0 +∞ +1 +0$", lines[2]);
    }

    [Fact]
    public void Bias_is_drawn_against_what_the_variance_costs()
    {
        var words = string.Join('\n', ChoiceReport.BiasAndVariance([Noisy], "title", "caption").Describe());

        Assert.Contains("noisy: bias, as a share of the gradient 0.0 % (from 0.0 % to 50.0 %) at variance × runs 50", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spread_has_the_mean_in_its_middle()
    {
        var words = string.Join('\n', ChoiceReport.Spread(Noisy, reach: 5).Describe());

        Assert.Contains("exact: 1 → 0", words, StringComparison.Ordinal);
        Assert.Contains("mean ± one deviation: 1 → 0 (mean of 6 runs", words, StringComparison.Ordinal);
    }
}
