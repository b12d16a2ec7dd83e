using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SeedStudyTests
{
    private static readonly Metric Accuracy = new("accuracy");

    [Fact]
    public void Every_seed_is_trained_and_tested_as_if_it_were_alone()
    {
        set_num_threads(1);
        using var task = new SmallTask();
        using var alone = AttentionTask.Train(task["soft"], 4, SmallTask.Options with { Steps = 20 });

        var study = Study(task, "soft", "control, plain average");

        Assert.Equal(["soft", "control, plain average"], study.Contenders.Select(contender => contender.Name));
        Assert.Equal(3, study["soft", Accuracy].Count);
        Assert.Equal(AttentionTask.Test(alone)[0].Metrics["accuracy"], study["soft", Accuracy][1]);
    }

    [Fact]
    public void The_mean_has_student_s_interval_within_what_a_share_can_be()
    {
        set_num_threads(1);
        using var task = new SmallTask();
        var study = Study(task, "soft");
        var values = study["soft", Accuracy];

        var (mean, low, high) = study.Mean("soft", Accuracy);
        var (_, freeLow, freeHigh) = study.Mean("soft", Accuracy with { Share = false });

        Assert.Equal(values.Average(), mean, 12);
        // t with 2 degrees of freedom at 97.5 %
        var half = 4.302653 * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 2 / 3);
        Assert.Equal(mean - half, freeLow, 6);
        Assert.Equal(mean + half, freeHigh, 6);
        Assert.InRange(low, 0, mean);
        Assert.InRange(high, mean, 1);
    }

    [Fact]
    public void Bars_have_a_dot_a_seed_and_the_table_the_interval()
    {
        set_num_threads(1);
        using var task = new SmallTask();
        var study = Study(task, "soft");

        var bar = Assert.Single(study.Bars(Accuracy));
        Assert.Equal(study["soft", Accuracy], bar.Runs);
        Assert.Equal(study["soft", Accuracy].Average(), bar.Value, 12);
        var table = study.Scores(Accuracy).ToString();
        Assert.Contains("Means over 3 seeds; brackets are 95 % intervals of the mean.", table, StringComparison.Ordinal);
        Assert.Matches(@"soft +\d+\.\d % \[\d+\.\d, \d+\.\d\]", table);
    }

    [Fact]
    public void A_contender_that_was_not_trained_is_refused()
    {
        set_num_threads(1);
        using var task = new SmallTask();
        var study = Study(task, "soft");

        Assert.Contains("no contender “hard”, but soft", Assert.Throws<ArgumentException>(() => study["hard", Accuracy]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Histories_of_one_name_are_one_line_with_a_run_a_seed()
    {
        set_num_threads(1);
        using var task = new SmallTask();
        TrainingHistory History(long seed)
        {
            using var run = AttentionTask.Train(task["soft"], seed, SmallTask.Options with { Steps = 4, ReportEvery = 2 });
            return run.History;
        }

        var line = Assert.Single(TrainingCurves.Of(("soft", Role.Soft, History(1)), ("soft", Role.Soft, History(2))).Describe());

        Assert.Contains("mean of 2 runs", line, StringComparison.Ordinal);
    }

    private static SeedStudy Study(SmallTask task, params string[] names) =>
        SeedStudy.Live(3, 3, options => options with { Steps = 20 }, [.. names.Select(name => task[name])]);
}
