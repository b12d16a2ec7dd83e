namespace AttentionNotebooks;

public class BoxesTaskTests
{
    [Fact]
    public void The_exact_gradient_finds_the_best_box_whatever_the_seed_and_chance_takes_each_as_often()
    {
        using var task = new BoxesTask();
        double Best(string name, long seed)
        {
            using var run = AttentionTask.Train(task[name], seed);
            return AttentionTask.TestAsUsual(run).Metrics["on the best place"];
        }

        Assert.All(Enumerable.Range(0, 5), seed => Assert.InRange(Best("exact", seed), 0.95, 1));
        Assert.Equal(0.25, Best("control, random location", 0), 12);
    }

    [Fact]
    public void Every_contender_has_every_metric()
    {
        using var task = new BoxesTask();
        foreach (var contender in task.Contenders)
        {
            using var run = AttentionTask.Train(contender, 1, contender.Options with { Steps = 3 });
            var metrics = AttentionTask.TestAsUsual(run).Metrics;
            Assert.All(task.Metrics, metric => Assert.True(double.IsFinite(metrics[metric.Name]), $"{contender}: {metric.Name}"));
            Assert.InRange(metrics["on the best place"], 0, 1);
        }
    }
}
