using static TorchSharp.torch;

namespace AttentionNotebooks;

public class AttentionTaskTests
{
    public static TheoryData<string> Names => [.. Mechanisms.All.Select(mechanism => mechanism.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_mechanism_that_aims_learns_what_the_controls_cannot(string name)
    {
        set_num_threads(1);
        using var task = new SmallTask();

        using var run = AttentionTask.Train(task[name], 1);
        var usual = AttentionTask.Test(run)[0].Metrics["accuracy"];

        // Of three classes, the mean of four values tells about half; a value at random fits in a quarter, and else by chance: one half, too.
        if (Mechanisms.All.Single(mechanism => mechanism.Name == name).Aims) Assert.True(usual > 0.9, $"{usual}");
        else Assert.InRange(usual, 0.35, 0.7);
    }

    [Fact]
    public void The_same_seed_gives_the_same_results_and_another_seed_others()
    {
        set_num_threads(1);
        using var task = new SmallTask();
        double Loss(long seed)
        {
            using var run = AttentionTask.Train(task["hard, REINFORCE"], seed, SmallTask.Options with { Steps = 20 });
            return AttentionTask.Test(run)[1].Metrics["loss"];
        }

        Assert.Equal(Loss(1), Loss(1));
        Assert.NotEqual(Loss(1), Loss(2));
    }

    [Fact]
    public void Every_mode_is_tested_and_a_model_without_modes_once()
    {
        using var task = new SmallTask();
        using var hard = AttentionTask.Train(task["hard, leave-one-out"], 1, SmallTask.Options with { Steps = 1 });
        using var none = AttentionTask.Train(task["no attention"], 1, SmallTask.Options with { Steps = 1 });

        Assert.Equal(["MostLikely", "Sampled", "Expected"], AttentionTask.Test(hard).Select(result => result.Mode));
        Assert.Equal([""], AttentionTask.Test(none).Select(result => result.Mode));
    }

    [Fact]
    public void A_run_and_its_tests_leave_no_tensor_behind()
    {
        using var task = new SmallTask();
        void Once()
        {
            using var run = AttentionTask.Train(task["hybrid, semi-sampling"], 1, SmallTask.Options with { Steps = 3 });
            AttentionTask.Test(run);
        }

        Once();

        Assert.Equal(0, LiveTensors.LeftBy(Once));
    }

    [Fact]
    public void An_unknown_contender_or_task_is_an_error_that_names_those_that_there_are()
    {
        using var task = new SmallTask();

        Assert.Contains("soft, sparse, 1.5-entmax", Assert.Throws<ArgumentException>(() => task["no such"]).Message, StringComparison.Ordinal);
        Assert.Contains("There is no task “no such”", Assert.Throws<ArgumentException>(() => TaskList.Of("no such")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_tasks_are_file_names_and_no_two_are_the_same()
    {
        var ids = TaskList.All.Select(entry => entry.Id).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", id));
        Assert.All(TaskList.All, entry => Assert.True(entry.DataSet is null || DataManifest.Series.Sets.Any(set => set.Name == entry.DataSet), entry.Id));
    }

    [Theory]
    [InlineData(0.12345, true, "12.3 %")]
    [InlineData(12.345, false, "12.35")]
    [InlineData(double.NaN, true, "–")]
    public void A_metric_is_written_as_a_share_or_a_number(double value, bool share, string expected) =>
        Assert.Equal(expected, new Metric("m", Share: share).Text(value));
}
