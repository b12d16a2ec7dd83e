using static TorchSharp.torch;

namespace AttentionNotebooks;

public class WindowTaskTests
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 300, testCount: 300);
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 8, ReportEvery = 1 };

    [Fact]
    public void Every_contender_learns_is_tested_and_leaves_nothing()
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var task = new WindowTask(Few, 0, testCount: 100);
        Assert.Distinct(task.Contenders.Select(contender => contender.Name));

        foreach (var contender in task.Contenders)
        {
            var results = ShortRun.LeavesNothing(contender, Short);
            Assert.All(results, result => Assert.Equal(task.Metrics.Select(metric => metric.Name), result.Metrics.Keys));
            Assert.InRange(results[0].Metrics["windows weighed"], 1, 25);
        }
    }

    [Fact]
    public void Softmax_weighs_all_windows_and_sparse_maps_fewer_from_the_start()
    {
        set_num_threads(1);
        using var task = new WindowTask(Few, 0, testCount: 100);
        double Weighed(string name)
        {
            using var run = AttentionTask.Train(task[name], 0, Short);
            return AttentionTask.Test(run)[0].Metrics["windows weighed"];
        }

        Assert.Equal(25, Weighed("softmax, additive score"));
        Assert.InRange(Weighed("sparsemax"), 1, 24);
    }

    [Fact]
    public void A_reader_can_be_asked_where_it_looks_and_its_own_read_stays()
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var task = new WindowTask(Few, 0, testCount: 100);
        using var run = AttentionTask.Train(task.With(Mechanisms.Reinforced with { Name = "hard" }, () => new ScaledDotScore()), 0, Short);

        var reader = WindowTask.Reader(run);
        var weights = reader.Reader.Weights(task.TestCanvases);

        Assert.Equal(("hard", Role.Hard), (reader.Name, reader.Role));
        Assert.Equal([100L, 1, 25], weights.shape);
        using (no_grad()) Assert.True(weights.allclose(reader.Reader.ReadAs(task.TestCanvases.Images, new Expected()).Attended.Weights, 0, 1e-6));
        Assert.IsType<Sampled>(reader.Reader.Attention.Read);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => reader.Reader.Weights(task.TestCanvases)));

        using var cards = new LookupTask(new NumberCards(), 0, testCount: 10);
        using var other = AttentionTask.Train(cards["dot"], 0, Short);
        Assert.Throws<ArgumentException>(() => WindowTask.Reader(other));
    }
}
