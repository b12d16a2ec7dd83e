namespace AttentionNotebooks.Tests;

public class TaskReportTests
{
    private static readonly TestResult Soft = new("soft", "Expected", new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = 0.9, ["loss"] = 0.25 });
    private static readonly TestResult Without = new("no attention", "", new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = 0.5, ["loss"] = double.NaN });

    [Fact]
    public void The_headline_metric_has_its_interval_and_what_does_not_apply_a_dash()
    {
        using var task = new SmallTask();

        Assert.Equal(
            """
            trained as    tested with             accuracy  loss
            soft             Expected  90.0 % [87.1, 92.3]  0.25
            no attention               50.0 % [45.6, 54.4]     –
            500 test examples; brackets are the 95 % interval of “accuracy”, for this one seed.
            """,
            new TaskReport(task).Scores([Soft, Without]).ToString());
    }

    [Fact]
    public void Metrics_may_be_chosen_and_one_that_is_not_there_is_refused()
    {
        using var task = new SmallTask();
        var report = new TaskReport(task);

        Assert.DoesNotContain("loss", report.Scores([Soft], "accuracy").ToString(), StringComparison.Ordinal);
        Assert.Contains("has no metric “speed”, but accuracy, loss", Assert.Throws<ArgumentException>(() => report.Bars([Soft], "speed")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_have_the_contenders_names_modes_and_intervals()
    {
        using var task = new SmallTask();

        Assert.Equal(
            ["accuracy, soft, Expected: 90.0 % (from 87.1 % to 92.3 %)", "accuracy, no attention: 50.0 % (from 45.6 % to 54.4 %)"],
            new TaskReport(task).Bars([Soft, Without]).Describe());
    }

    [Fact]
    public void Recorded_rows_are_a_bar_a_contender_in_the_order_of_the_task_and_a_dot_a_seed()
    {
        using var task = new SmallTask();
        ResultRow Row(string condition, long seed, string mode, double accuracy, string profile = "quick") => new(
            "small", condition, seed, profile, 150, new Dictionary<string, IReadOnlyDictionary<string, double?>>(StringComparer.Ordinal) { [mode] = new Dictionary<string, double?>(StringComparer.Ordinal) { ["accuracy"] = accuracy } }, 1, 1, 1, "", "");
        ResultRow[] rows = [Row("no attention", 0, "", 0.5), Row("soft", 1, "Expected", 0.8), Row("soft", 0, "Expected", 0.9), Row("soft", 2, "Expected", 0.1, "full"), Row("soft", 3, "MostLikely", 0.2)];

        Assert.Equal(
            ["accuracy, soft: 85.0 %, 2 runs", "accuracy, no attention: 50.0 %, 1 runs"],
            new TaskReport(task).Recorded(rows).Describe());
        Assert.Single(new TaskReport(task).Recorded(rows, null, "soft").Describe());
    }

    [Fact]
    public void Several_contenders_are_trained_from_one_seed_as_if_each_were_alone()
    {
        using var task = new SmallTask();
        var runs = AttentionTask.TrainLive(0, options => options with { Steps = 20 }, task["soft"], task["hard, leave-one-out"]);
        using var alone = AttentionTask.Train(task["hard, leave-one-out"], 0, SmallTask.Options with { Steps = 20 });

        Assert.Equal(["soft", "hard, leave-one-out"], runs.Select(run => run.Contender.Name));
        Assert.Equal(alone.History["loss"], runs[1].History["loss"]);
        foreach (var run in runs) run.Dispose();
    }
}
