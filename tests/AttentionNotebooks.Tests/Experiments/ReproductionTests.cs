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
        Assert.Equal(expected, ReproductionTable.Judge(Error, [ours], published, 10_000));

    [Theory]
    [InlineData(23.9, "**better**")]
    [InlineData(24.1, "worse")]
    public void What_is_no_share_is_better_or_worse_by_its_number(double ours, string expected) =>
        Assert.Equal(expected, ReproductionTable.Judge(new Metric("perplexity", Higher: false, Share: false), [ours], 24, 1000));

    [Theory]
    // Mean 20, standard error 1, t of two degrees of freedom 4.303: the interval is from 15.7 to 24.3.
    [InlineData(24.2, "level")]
    [InlineData(24.4, "**better**")]
    [InlineData(15.8, "level")]
    [InlineData(15.6, "worse")]
    public void Three_seeds_have_an_interval_of_their_own(double published, string expected)
    {
        var reach = Math.Sqrt(3);

        Assert.Equal(expected, ReproductionTable.Judge(new Metric("perplexity", Higher: false, Share: false), [20, 20 - reach, 20 + reach], published, trials: null));
    }

    [Fact]
    public void Two_seeds_have_none() =>
        Assert.Equal("worse", ReproductionTable.Judge(new Metric("perplexity", Higher: false, Share: false), [10, 40], 24, trials: null));

    [Theory]
    [InlineData(0.282, "**better**")]
    [InlineData(0.280, "worse")]
    public void What_counts_no_examples_is_better_or_worse_by_its_number(double ours, string expected)
    {
        Reproduction reproduction = new("x", ["paper"], [""], [new("BLEU-4", "soft", new Metric("error"), 28.11) { Counts = false }]);

        Assert.EndsWith($"| {expected} |", ReproductionTable.Of(reproduction, [Row("soft", "full", ("", ours))], 1000).Split('\n')[2], StringComparison.Ordinal);
    }

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
            "| RAM | 1.12 | – | 2.50 (2.00 to 3.00) | 0.70 (0.60 to 0.80) | 2 | 1,200 | **better** |",
            "| conv | 1.21 | 3 | 2.00 | 2.00 | 1 | 1,200 | worse |",
            "| FC | 1.69 | – | – | – | – | not run yet |  |",
            "",
        ], ReproductionTable.Of(reproduction, rows, 10_000).Split('\n'));
    }

    [Fact]
    public void Where_only_the_order_is_compared_a_row_has_its_place_among_those_that_both_have()
    {
        Metric right = new("error");
        Reproduction reproduction = new("x", ["paper"], [""], [new("a", "a", right, 33), new("b", "b", right, 32), new("c", "c", right, 31), new("d", "d", right, 30), new("e", "e", right, (double?)null)]) { OrderAlone = true };
        ResultRow[] rows = [Row("a", "full", ("", 0.9)), Row("b", "full", ("", 0.95)), Row("c", "full", ("", 0.2)), Row("e", "full", ("", 0.99))];

        var lines = ReproductionTable.Of(reproduction, rows, 100).Split('\n');

        Assert.EndsWith("| place, ours and theirs |", lines[0], StringComparison.Ordinal);
        Assert.Equal(["2 and 1 of 3", "1 and 2 of 3", "3 and 3 of 3", "", ""], lines[2..7].Select(line => line.Split('|')[^2].Trim()));
    }

    [Fact]
    public void Every_row_names_a_condition_and_a_metric_of_its_task_and_has_a_number_for_each_source()
    {
        foreach (var reproduction in Reproductions.All)
        {
            Assert.All(reproduction.Rows, row => Assert.Equal(reproduction.Sources.Count, row.Published.Count));
            Assert.All(reproduction.Rows, row => Assert.NotNull(TaskList.Of(row.Experiment ?? reproduction.Experiment)));
            Assert.Distinct(reproduction.Rows.Select(row => row.Name));
            using var task = Small(reproduction.Experiment) ?? TaskList.Of(reproduction.Experiment).Create(DataRoot.Find());
            Assert.All(reproduction.Rows, row => Assert.Contains(row.Condition, task.Contenders.Select(contender => contender.Name)));
            Assert.All(reproduction.Rows, row => Assert.Contains(row.Metric, task.Metrics));
        }
    }

    // Of a task that needs files, the same with a few examples of our own.
    private static AttentionTask? Small(string experiment)
    {
        SentencePairs few = new("words", "de", "en", [new("ein Haus", "a house"), new("ein Haus", "a house")], "this test");
        return experiment switch
        {
            "ram-mnist" => PublishedTask.Plain(Digits.Drawn(1, 100, 50)),
            "ram-translated" or "ram-cluttered" => PublishedTask.Translated(Digits.Drawn(1, 100, 50), 0, testCount: 10),
            "translation-multi30k-published" => new PublishedTranslationTask(new(few, few, few, "for this test")),
            "sentiment-sst2-phrases" => new SentimentTask(TemplateReviews.Draw(0, 100, 50), SentimentProfile.Phrases),
            "speech-digits-fsdd" => SpeechDigitsTask.AsRecorded(SpokenDigits.Synthesised(0, speakers: 2, trainTakes: 1, testTakes: 1), new TrainingOptions()),
            _ => null,
        };
    }

    private static ResultRow Row(string condition, string profile, params (string Mode, double Error)[] results) => new(
        "x", condition, 0, profile, 1200, results.ToDictionary(result => result.Mode, result => (IReadOnlyDictionary<string, double?>)new Dictionary<string, double?> { ["error"] = result.Error }), 1, 1, 1, "v", "m");
}
