namespace AttentionNotebooks;

public class LearningCurveTests
{
    private static readonly LearningCurve Curve = new([10, 20, 40], [1, 2, 6], new Dictionary<string, IReadOnlyList<double>> { ["accuracy"] = [0.1, 0.3, 0.9] });

    [Theory]
    [InlineData(Pace.Step, 40, (10 * 0.1 + 10 * 0.3 + 20 * 0.9) / 40)]
    [InlineData(Pace.Step, 30, (10 * 0.1 + 10 * 0.3 + 10 * 0.9) / 30)]
    [InlineData(Pace.Step, 15, (10 * 0.1 + 5 * 0.3) / 15)]
    [InlineData(Pace.Step, 5, 0.1)]
    [InlineData(Pace.Second, 6, (0.1 + 0.3 + 4 * 0.9) / 6)]
    [InlineData(Pace.Second, 4, (0.1 + 0.3 + 2 * 0.9) / 4)]
    public void The_mean_is_over_the_part_that_is_asked_for(Pace per, double until, double expected) =>
        Assert.Equal(expected, Curve.Mean("accuracy", per, until)!.Value, 12);

    [Fact]
    public void What_was_not_reported_has_no_mean() => Assert.Null(Curve.Mean("loss", Pace.Step, 10));

    [Fact]
    public void A_long_history_becomes_twenty_points_of_means()
    {
        var history = new TrainingHistory(410);
        for (var i = 1; i <= 41; i++) history.Add(new TrainingPoint(10 * i, i, 2 * i, 100, new Dictionary<string, double> { ["loss"] = i }));

        var curve = LearningCurve.Of(history);

        Assert.Equal(14, curve.Steps.Count);
        Assert.Equal((30, 410), (curve.Steps[0], curve.Steps[^1]));
        Assert.Equal((6, 82), (curve.Seconds[0], curve.Seconds[^1]));
        Assert.Equal((2, 40.5), (curve.Metrics["loss"][0], curve.Metrics["loss"][^1]));
    }

    [Fact]
    public void Who_learns_faster_is_told_over_what_both_have_trained()
    {
        // The one is level in the end, and sooner there.
        var later = new LearningCurve([10, 20], [1, 2], new Dictionary<string, IReadOnlyList<double>> { ["accuracy"] = [0.0, 0.3] });
        ResultRow[] rows = [Row("soft", Curve), Row("hard", later), Row("hard", later) with { Seed = 8, Curve = null }];
        Comparison comparison = new("x", "soft", "hard", "accuracy", 0.02) { Per = Pace.Step };

        Assert.Equal((0.1 + 0.3) / 2 - 0.15, Assert.Single(comparison.Of(rows, 0.95).Differences), 12);
        Assert.Equal(0.15 - (0.1 + 0.3) / 2, Assert.Single((comparison with { LowerIsBetter = true, Per = Pace.Second }).Of(rows, 0.95).Differences), 12);
        Assert.Equal("accuracy while learning, by the step, soft over hard", comparison.Measured);
    }

    private static ResultRow Row(string condition, LearningCurve curve) =>
        new("x", condition, 7, RunProfile.Quick, 40, new Dictionary<string, IReadOnlyDictionary<string, double?>>(), 1, 1, 1, "v", "m") { Curve = curve };
}
