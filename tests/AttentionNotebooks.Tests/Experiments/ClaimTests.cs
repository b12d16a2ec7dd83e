using System.Runtime.CompilerServices;

namespace AttentionNotebooks;

public class ClaimTests
{
    private static readonly Comparison Better = new("x", "soft", "hard", "accuracy", 0.02);

    [Fact]
    public void Seeds_are_paired_and_those_that_only_one_has_are_left_out()
    {
        ResultRow[] rows = [Row("soft", 0, 0.9), Row("soft", 1, 0.8), Row("hard", 1, 0.5), Row("hard", 2, 0.1), Row("soft", 3, 0.7), Row("hard", 3, 0.6)];

        Assert.Equal([0.3, 0.1], Better.Of(rows, 0.95).Differences, new Near());
        Assert.Equal([-0.3, -0.1], (Better with { LowerIsBetter = true }).Of(rows, 0.95).Differences, new Near());
    }

    [Fact]
    public void Steadiness_compares_how_far_seeds_are_from_their_median()
    {
        ResultRow[] rows = [.. new[] { 0.5, 0.5, 0.6 }.Index().Select(seed => Row("soft", seed.Index, seed.Item)), .. new[] { 0.1, 0.5, 0.9 }.Index().Select(seed => Row("hard", seed.Index, seed.Item))];

        Assert.Equal([0.4, 0, 0.3], (Better with { Spread = true }).Of(rows, 0.95).Differences, new Near());
    }

    [Fact]
    public void A_condition_can_be_compared_with_itself_in_another_metric_and_in_another_mode()
    {
        ResultRow[] rows = [Row("soft", 0, 0.9, longer: 0.4)];

        Assert.Equal([-0.5], new Comparison("x", "soft", "soft", "longer", -0.05) { BehindMetric = "accuracy" }.Of(rows, 0.95).Differences, new Near());
        Assert.Equal([], (Better with { Mode = "Sampled" }).Of(rows, 0.95).Differences);
    }

    [Theory]
    [InlineData("++", Verdict.Supported)]
    [InlineData("--", Verdict.NotSupported)]
    [InlineData("+-", Verdict.Depends)]
    [InlineData("+?", Verdict.Undecided)]
    [InlineData("-?", Verdict.NotSupported)]
    [InlineData("??", Verdict.Undecided)]
    [InlineData("", Verdict.Undecided)]
    public void The_rule_of_the_verdict(string comparisons, Verdict verdict)
    {
        var claim = new Claim("C0", "a sentence", "a notebook", [.. comparisons.Select((sign, i) => Better with { Experiment = $"{sign}{i}" })]);

        var judgement = claim.Judge(experiment => [.. Enumerable.Range(0, experiment[0] == '?' ? 2 : 6).SelectMany(seed => new[]
        {
            Row("soft", seed, 0.5 + (experiment[0] == '+' ? 0.1 : -0.1) + 0.001 * (seed % 3)), Row("hard", seed, 0.5),
        })]);

        Assert.Equal(verdict, judgement.Verdict);
    }

    [Fact]
    public void More_comparisons_make_wider_intervals()
    {
        ResultRow[] rows = [.. new[] { 0.1, 0.3, 0.2, 0.15, 0.25 }.Index().SelectMany(seed => new[] { Row("soft", seed.Index, 0.5 + seed.Item), Row("hard", seed.Index, 0.5) })];
        PairedEffect First(params Comparison[] comparisons) => new Claim("C0", "", "", comparisons).Judge(_ => rows).Effects[0].Effect;

        Assert.True(First(Better, Better, Better).Low < First(Better).Low);
    }

    [Fact]
    public void All_fifteen_are_there_and_each_comparison_names_what_its_task_has()
    {
        Assert.Equal(Enumerable.Range(1, 15).Select(i => $"C{i}"), Claims.All.Select(claim => claim.Id));
        foreach (var comparison in Claims.All.SelectMany(claim => claim.Comparisons).DistinctBy(each => each.Experiment))
            Assert.Null(TaskList.Of(comparison.Experiment).DataSet);
        Assert.Contains("C15", Assert.Throws<ArgumentException>(() => Claims.Of("C16")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_condition_and_metric_of_a_comparison_has_recorded_rows()
    {
        foreach (var comparison in Claims.All.SelectMany(claim => claim.Comparisons))
        {
            var rows = new ResultFile(Shard.Whole.FileIn(Results(), comparison.Experiment)).Rows;
            Assert.True(comparison.Of(rows, 0.95).Seeds > 0, $"nothing is recorded of {comparison}");
        }
    }

    private static string Results([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../data/results"));

    private static ResultRow Row(string condition, long seed, double accuracy, double longer = 0) => new(
        "x", condition, seed, "quick", 10,
        new Dictionary<string, IReadOnlyDictionary<string, double?>> { ["Expected"] = new Dictionary<string, double?> { ["accuracy"] = accuracy, ["longer"] = longer } },
        1, 1, 100, "v", "m");

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-12;

        public int GetHashCode(double value) => 0;
    }
}
