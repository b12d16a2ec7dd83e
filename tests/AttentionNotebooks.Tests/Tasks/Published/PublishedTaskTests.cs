using static TorchSharp.torch;

namespace AttentionNotebooks;

public class PublishedTaskTests
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 400, testCount: 300);
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 8, ReportEvery = 1 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_contender_learns_is_tested_and_leaves_nothing(bool translated)
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var task = translated ? PublishedTask.Translated(Few, 0, clutter: 4, testCount: 60) : PublishedTask.Plain(Few);

        foreach (var contender in task.Contenders)
        {
            var results = ShortRun.LeavesNothing(contender, Short);
            Assert.All(results, result => Assert.Equal(task.Metrics.Select(metric => metric.Name), result.Metrics.Keys));
            Assert.All(results, result => Assert.InRange(result.Metrics["error"], 0, 1));
            Assert.True(contender.Full.Steps > 10 * contender.Options.Steps);
        }

        Assert.Equal(["sampled", "MC-10", "mean"], task["RAM"].Modes.Select(mode => mode.Name));
    }

    [Fact]
    public void The_error_is_that_after_the_last_glimpse()
    {
        set_num_threads(1);
        using var task = PublishedTask.Plain(Few);
        using var run = AttentionTask.Train(task["RAM"], 0, Short);

        Assert.All(AttentionTask.Test(run), result => Assert.Equal(result.Metrics["error, 7 glimpses"], result.Metrics["error"]));
    }

    [Theory]
    [InlineData(false, "RAM", 1)]
    [InlineData(false, "convolutional", 1)]
    [InlineData(true, "RAM", 1)]
    [InlineData(true, "control, random glimpses", 1)]
    [InlineData(true, "fully connected, 256", 1)]
    [InlineData(true, "fully connected, 64", 3)]
    [InlineData(true, "convolutional", 3)]
    public void On_larger_canvases_those_networks_take_larger_steps_that_gain_by_them(bool translated, string name, double times)
    {
        using var task = translated ? PublishedTask.Translated(Few, 0, testCount: 60) : PublishedTask.Plain(Few);
        var policy = task["RAM"].Full.LearningRate;

        Assert.Equal(times * policy, task[name].Full.LearningRate);
        Assert.Equal(times * policy, task[name].Options.LearningRate);
    }

    [Fact]
    public void A_location_is_judged_by_the_answers_that_follow_it()
    {
        using var scope = NewDisposeScope();

        var judged = AnytimeGlimpses.ToGo(tensor(new[] { 1.0, 2, 4, 0, 3, 5 }, [2, 3]));

        Assert.Equal([7.0, 6, 4, 8, 8, 5], judged.data<double>().ToArray());
    }

    [Fact]
    public void More_glimpses_err_less_and_where_to_look_is_learned()
    {
        set_num_threads(1);
        using var task = PublishedTask.Plain(Digits.Drawn(seed: 1, trainCount: 4000, testCount: 1000));
        var options = new TrainingOptions { Steps = 400, BatchSize = 32, LearningRate = 3e-3 };
        IReadOnlyDictionary<string, double> Error(string name)
        {
            using var run = AttentionTask.Train(task[name], 0, options);
            return AttentionTask.TestAsUsual(run).Metrics;
        }

        var (learned, random) = (Error("RAM"), Error("control, random glimpses"));

        Assert.True(learned["error, 2 glimpses"] > learned["error, 4 glimpses"] + 0.03, $"{learned["error, 2 glimpses"]}, {learned["error, 4 glimpses"]}");
        Assert.True(learned["error, 4 glimpses"] < random["error, 4 glimpses"] - 0.03, $"{learned["error, 4 glimpses"]}, {random["error, 4 glimpses"]}");
    }
}
