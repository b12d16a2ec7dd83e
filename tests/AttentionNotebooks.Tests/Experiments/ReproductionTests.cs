namespace AttentionNotebooks;

public class ReproductionTests
{
    private static readonly Metric Error = new("error", Higher: false);

    [Theory]
    // 1.12 % of 10,000 is 112 wrong; the 95 % interval of 0.90 % is from 0.73 to 1.11.
    [InlineData(0.0090, 1.12, "**better**")]
    [InlineData(0.0092, 1.12, "level")]
    [InlineData(0.0112, 1.12, "level")]
    [InlineData(0.0140, 1.12, "worse")]
    public void Ours_is_level_where_the_published_share_lies_in_its_interval(double ours, double published, string expected) =>
        Assert.Equal(expected, ReproductionTable.Judge(Error, ours, published, 10_000));

    [Theory]
    [InlineData(23.9, "**better**")]
    [InlineData(24.1, "worse")]
    public void What_is_no_share_is_better_or_worse_by_its_number(double ours, string expected) =>
        Assert.Equal(expected, ReproductionTable.Judge(new Metric("perplexity", Higher: false, Share: false), ours, 24, 1000));

    [Fact]
    public void A_row_has_the_sources_our_modes_and_the_judgement_of_the_last()
    {
        Reproduction reproduction = new("x", ["paper", "other"], ["mean", "MC-10"],
        [
            new("RAM", "RAM", Error, 1.12, null), new("conv", "convolutional", Error, 1.21, 3), new("FC", "fully connected", Error, 1.69, null),
        ]);
        ResultRow[] rows =
        [
            Row("RAM", "full", ("mean", 0.03), ("MC-10", 0.006)), Row("RAM", "full", ("mean", 0.02), ("MC-10", 0.008)) with { Seed = 1 }, Row("RAM", "quick", ("mean", 0.5), ("MC-10", 0.5)),
            Row("convolutional", "full", ("", 0.02)),
        ];

        Assert.Equal(
        [
            "|  | paper | other | ours, mean | ours, MC-10 | seeds | steps | beside paper |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
            "| RAM | 1.12 | – | 2.50 | 0.70 | 2 | 1,200 | **better** |",
            "| conv | 1.21 | 3 | 2.00 | 2.00 | 1 | 1,200 | worse |",
            "| FC | 1.69 | – | – | – | – | not run yet |  |",
            "",
        ], ReproductionTable.Of(reproduction, rows, 10_000).Split('\n'));
    }

    [Fact]
    public void Every_row_names_a_condition_and_a_metric_of_its_task_and_has_a_number_for_each_source()
    {
        foreach (var reproduction in Reproductions.All)
        {
            Assert.All(reproduction.Rows, row => Assert.Equal(reproduction.Sources.Count, row.Published.Count));
            Assert.Distinct(reproduction.Rows.Select(row => row.Name));
            using var task = reproduction.Experiment.StartsWith("ram", StringComparison.Ordinal) ? Small(reproduction.Experiment) : TaskList.Of(reproduction.Experiment).Create(DataRoot.Find());
            Assert.All(reproduction.Rows, row => Assert.Contains(row.Condition, task.Contenders.Select(contender => contender.Name)));
            Assert.All(reproduction.Rows, row => Assert.Contains(row.Metric, task.Metrics));
        }
    }

    private static PublishedTask Small(string experiment)
    {
        var digits = Digits.Drawn(1, 100, 50);
        return experiment == "ram-mnist" ? PublishedTask.Plain(digits) : PublishedTask.Translated(digits, 0, testCount: 10);
    }

    private static ResultRow Row(string condition, string profile, params (string Mode, double Error)[] results) => new(
        "x", condition, 0, profile, 1200, results.ToDictionary(result => result.Mode, result => (IReadOnlyDictionary<string, double?>)new Dictionary<string, double?> { ["error"] = result.Error }), 1, 1, 1, "v", "m");
}
