using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TwoLooksTaskTests
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 300, testCount: 300);
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 8, ReportEvery = 1 };

    [Fact]
    public void Every_contender_learns_is_tested_and_leaves_nothing()
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var task = new TwoLooksTask(Few, 0, testCount: 60);
        Assert.Distinct(task.Contenders.Select(contender => contender.Name));

        foreach (var contender in task.Contenders)
        {
            var results = ShortRun.LeavesNothing(contender, Short, run => Assert.Equal(3, TwoLooksTask.Pictures(run, 3, new MostLikely()).Count));
            Assert.All(results, result => Assert.All(task.Metrics, metric => Assert.True(double.IsFinite(result.Metrics[metric.Name]))));
        }
    }

    [Fact]
    public void Annealing_ends_with_one_window()
    {
        set_num_threads(1);
        using var task = new TwoLooksTask(Few, 0, testCount: 60);
        var seen = new List<double>();
        using var run = AttentionTask.Train(task.OneLook(Mechanisms.Annealed with { Anneal = (read, progress) => seen.Add(((Mixed)read).Sampling = progress) }), 0, Short with { Steps = 3 });

        Assert.Equal([0, 0.5, 1], seen);
    }

    [Fact]
    public void A_watched_training_is_the_same_with_pictures_of_its_way()
    {
        set_num_threads(1);
        using var task = new TwoLooksTask(Few, 0, testCount: 60);
        var options = Short with { Steps = 6 };
        using var alone = AttentionTask.Train(task["soft"], 3, options);

        var (run, way) = AttentionTask.TrainWatched(task["soft"], 3, options, 3, growing => TwoLooksTask.Pictures(growing, 2, new Expected()));

        using (run)
        {
            Assert.Equal([2, 4, 6], way.Select(at => at.Step));
            Assert.All(way, at => Assert.Equal(2, at.Picture.Count));
            Assert.Equal(alone.History["loss"], run.History["loss"]);
        }
    }

    [Fact]
    public void A_contender_of_another_task_has_no_pictures_here()
    {
        using var other = new TokenTask(0, testCount: 5);
        using var run = AttentionTask.Train(other.Contenders[0], 0, Short);

        Assert.Throws<ArgumentException>(() => TwoLooksTask.Pictures(run, 1, new Expected()));
    }
}
