using static TorchSharp.torch;

namespace AttentionNotebooks;

public class CanvasTaskTests
{
    private static readonly TrainingOptions Options = new() { Steps = 3, BatchSize = 8, ReportEvery = 1, LearningRate = 4e-3 };
    private static readonly Mechanism NoEstimator = Mechanisms.Reinforced with { Name = "no estimator", Estimator = _ => new NoEstimator() };

    private static CanvasTask Task() => new(Digits.Drawn(seed: 1, trainCount: 200, testCount: 200), seed: 0, testCount: 50);

    [Fact]
    public void At_the_first_step_no_gradient_reaches_what_decides_unless_there_is_an_estimator_or_a_soft_way()
    {
        using var task = Task();

        var (deciding, telling) = task.FirstGradient(NoEstimator);

        Assert.Equal(0, deciding);
        Assert.True(telling > 0.01, $"{telling}");
        foreach (var mechanism in new[] { Mechanisms.Reinforced, Mechanisms.StraightThrough, Mechanisms.Soft, Mechanisms.Marginal })
            Assert.True(task.FirstGradient(mechanism).Deciding > 1e-3, mechanism.Name);
    }

    [Fact]
    public void Trained_without_an_estimator_a_reader_decides_as_before_and_tells_otherwise()
    {
        using var task = Task();
        using var scope = NewDisposeScope();
        static Tensor Flat(IEnumerable<TorchSharp.Modules.Parameter> parameters) => cat([.. parameters.Select(parameter => parameter.detach().flatten())]);

        var (once, longer) = (task.Train(NoEstimator, Options with { Steps = 1 }), task.Train(NoEstimator, Options));

        Assert.True(Flat(once.Reader.Deciding).Equals(Flat(longer.Reader.Deciding)));
        Assert.False(Flat(once.Reader.Telling).Equals(Flat(longer.Reader.Telling)));
        Assert.Equal(once.Reader.parameters().Sum(parameter => parameter.numel()), once.Reader.Deciding.Concat(once.Reader.Telling).Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Readers_can_be_watched_while_they_learn()
    {
        using var task = Task();
        var seen = new List<(string Name, int Step)>();

        var runs = task.TrainLive(_ => Options, run => seen.Add((run.Name, run.History.Last!.Step)), NoEstimator, Mechanisms.Reinforced);

        Assert.Equal(["no estimator", "hard, REINFORCE"], runs.Select(run => run.Name));
        Assert.Equal([("no estimator", 1), ("no estimator", 2), ("no estimator", 3), ("hard, REINFORCE", 1), ("hard, REINFORCE", 2), ("hard, REINFORCE", 3)], seen);
    }

    [Fact]
    public void The_mechanism_of_the_first_notebook_is_its_hard_reader()
    {
        using var task = Task();
        var attention = new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32), new Softmax(), new Sampled());

        var (named, made) = (task.Train("hard", Role.Hard, attention, Options), task.Train(Mechanisms.Reinforced, Options));

        Assert.Equal(named.History["loss"], made.History["loss"]);
    }

    [Fact]
    public void A_frozen_reader_has_the_losses_of_each_window_and_keeps_them()
    {
        using var task = Task();
        using var scope = NewDisposeScope();
        var reader = task.Train(Mechanisms.Reinforced, Options).Reader;
        var batch = task.Test.Slice(0, 5);

        using var frozen = reader.Freeze(batch);

        for (var n = 0; n < 25; n += 6)
        {
            using var _ = no_grad();
            var reading = reader.ReadAs(batch.Images, new Chosen(full([5, 1, 1], n, int64)));
            var losses = nn.functional.cross_entropy(reading.Logits.flatten(0, 1), batch.Labels.flatten(), reduction: nn.Reduction.None);
            Assert.True(frozen.Losses.select(1, n).allclose(losses, 1e-4, 1e-5), $"window {n}");
            Assert.True(frozen.Weights().allclose(reading.Attended.Weights.squeeze(1), 1e-5, 1e-6));
        }

        var before = frozen.ExpectedLoss();
        using (no_grad())
        {
            foreach (var parameter in reader.parameters()) parameter.zero_();
        }

        using var generator = new Generator(1);
        Assert.Equal(before, frozen.ExpectedLoss());
        var quality = frozen.Measure(Mechanisms.Reinforced with { Estimator = _ => new Reinforce(new LeaveOneOut(), samples: 2) }, 3000, generator);
        Assert.InRange(quality.Bias, 0, 2 * quality.BiasByChance);
    }

    [Fact]
    public void A_reader_of_several_objects_cannot_be_frozen()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var reader = new CanvasReader(new Attention(new ScaledDotScore(), new Softmax(), new Sampled()), generator, windows: new WindowGrid(76, 28, 8), objects: 2);
        using var batch = new CanvasBatch(zeros(1, 1, 76, 76), zeros([1, 2], int64), null);

        Assert.Contains("2 choices", Assert.Throws<InvalidOperationException>(() => reader.Freeze(batch)).Message, StringComparison.Ordinal);
    }
}
