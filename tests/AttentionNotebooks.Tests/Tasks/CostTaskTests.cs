namespace AttentionNotebooks;

public class CostTaskTests
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 300, testCount: 10);

    [Fact]
    public void Soft_attention_costs_as_much_as_itself_and_what_reads_one_window_fewer_operations()
    {
        using var task = new CostTask(Few, 0);
        IReadOnlyDictionary<string, double> Cost(string name)
        {
            using var run = AttentionTask.Train(task[name], 0);
            return AttentionTask.TestAsUsual(run).Metrics;
        }

        var (soft, hard) = (Cost("soft, N = 9"), Cost("hard, REINFORCE, N = 9"));

        Assert.Equal(task.Metrics.Select(metric => metric.Name), soft.Keys);
        Assert.Equal((1, 1), (soft["operations"], soft["operations, step"]));
        Assert.InRange(hard["operations"], 0.1, 0.6);
        Assert.InRange(hard["operations, step"], 0.1, 0.6);
        // Times and memory are measured: that they were, and of what order, is all that a test may ask.
        Assert.All(soft.Concat(hard), metric => Assert.InRange(metric.Value, 0.02, 50));
    }

    [Fact]
    public void Every_mechanism_is_there_at_three_sizes()
    {
        using var task = new CostTask(Few, 0);

        Assert.Equal(18, task.Contenders.Count);
        Assert.Distinct(task.Contenders.Select(contender => contender.Name));
        Assert.All(["N = 9", "N = 25", "N = 100"], size => Assert.Equal(6, task.Contenders.Count(contender => contender.Name.EndsWith(size, StringComparison.Ordinal))));
    }
}
