using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Spans that are learned, fixed, and too short, on a task whose distances are known.</summary>
public class SpanTaskTests
{
    private static readonly TrainingOptions Fast = new() { Steps = 200, BatchSize = 16, LearningRate = 3e-2 };

    [Fact]
    public void Learned_spans_shrink_to_what_the_task_needs()
    {
        set_num_threads(1);
        using var task = new SpanTask(0, near: 1, far: 7, heads: 3, longest: 16, testCount: 50);
        using var run = AttentionTask.Train(task.Adaptive(), 0, Fast);

        var metrics = AttentionTask.TestAsUsual(run).Metrics;
        var reaches = SpanTask.Reaches(run);

        Assert.InRange(metrics["accuracy"], 0.99, 1);
        Assert.InRange(metrics["places"], 0.15, 0.8);
        Assert.InRange(reaches[^1], 7, 15);
        Assert.InRange(reaches[0], 3, 7);
        var weights = SpanTask.Weights(run);
        for (var head = 0; head < 3; head++)
        {
            Assert.Equal(1, Enumerable.Range(0, 16).Sum(x => weights[head, x]), 1e-5);
            Assert.All(Enumerable.Range(0, 16).Where(x => x >= reaches[head]), x => Assert.Equal(0, weights[head, x]));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(16)]
    public void A_fixed_span_stays_and_sees_the_far_symbol_only_if_it_reaches_it(double span)
    {
        set_num_threads(1);
        using var task = new SpanTask(0, near: 1, far: 7, heads: 3, longest: 16, testCount: 50);
        using var run = AttentionTask.Train(task.Fixed(span, "fixed"), 0, Fast);

        var metrics = AttentionTask.TestAsUsual(run).Metrics;

        Assert.All(SpanTask.Reaches(run), reach => Assert.Equal(Math.Min(16, span + SpanTask.Ramp), reach, 1e-5));
        Assert.InRange(metrics["near"], 0.99, 1);
        if (span + SpanTask.Ramp <= 7) Assert.InRange(metrics["far"], 0, 0.25);
        else Assert.InRange(metrics["far"], 0.99, 1);
        Assert.Equal(Math.Min(16, Math.Ceiling(span + SpanTask.Ramp)) / 16, metrics["places"], 9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_and_nothing_is_left_behind()
    {
        set_num_threads(1);
        using var task = new SpanTask(0, testCount: 10);
        double Once()
        {
            using var run = AttentionTask.Train(task.Adaptive(), 3, Fast with { Steps = 4 });
            return AttentionTask.TestAsUsual(run).Metrics["accuracy"] + SpanTask.Reaches(run).Sum() + SpanTask.Weights(run)[0, 0];
        }

        Assert.Equal(Once(), Once());
        Assert.Equal(0, LiveTensors.LeftBy(() => Once()));
    }

    [Fact]
    public void Distances_must_fit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanTask(0, near: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanTask(0, near: 3, far: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanTask(0, far: 40));
    }
}
