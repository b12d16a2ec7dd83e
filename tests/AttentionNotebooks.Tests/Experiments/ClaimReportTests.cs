namespace AttentionNotebooks;

public class ClaimReportTests
{
    private static readonly Comparison Better = new("x", "soft", "hard", "accuracy", 0.02);
    private static readonly Claim Said = new("C1", "Soft is better.", "03", Better, Better with { Ahead = "hard", Behind = "soft" });

    private static ClaimReport Report => new(Said.Judge(_ => [.. Enumerable.Range(0, 5).SelectMany(seed => new[] { Row("soft", seed, 0.8 + 0.001 * seed), Row("hard", seed, 0.5) })]), new Claim("C2", "Nobody measures this.", "03").Judge(_ => []));

    [Fact]
    public void The_table_counts_and_leaves_out_what_no_row_decides() => Assert.Contains(
        "C1 · Soft is better.    1        1     0      5  depends", Report.Verdicts().ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_claim_is_drawn_with_every_comparison_in_the_colour_of_who_should_be_ahead()
    {
        IntervalChart chart = Report.Effects("C1");

        Assert.Equal("C1: Soft is better.", chart.Title);
        Assert.Contains("Verdict: depends", chart.Caption, StringComparison.Ordinal);
        Assert.Equal(2, chart.Describe().Count());
        Assert.Contains("soft over hard: advantage 30.2 %", chart.Describe().First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_come_one_by_one_with_their_verdicts() =>
        Assert.Contains("C1, depends", Report.OneByOne("C1").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Without_results_everything_is_undecided()
    {
        using var folder = new TemporaryFolder();

        Assert.All(ClaimReport.Of(folder.Path).Judgements, judgement => Assert.Equal((Verdict.Undecided, "undecided"), (judgement.Verdict, judgement.Words)));
    }

    private static ResultRow Row(string condition, long seed, double accuracy) => new(
        "x", condition, seed, "quick", 10,
        new Dictionary<string, IReadOnlyDictionary<string, double?>> { ["Expected"] = new Dictionary<string, double?> { ["accuracy"] = accuracy } },
        1, 1, 100, "v", "m");
}
