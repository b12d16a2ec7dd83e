using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public sealed class LookGradientsTests : IDisposable
{
    private static readonly SceneData Data = Scenes.Draw(seed: 1, trainCount: 100, testCount: 6);

    private readonly CaptioningTask task = new(Data);
    private readonly TaskRun run;

    public LookGradientsTests() => run = AttentionTask.Train(task["hard, REINFORCE"], 0, new TrainingOptions { Steps = 3, BatchSize = 8 });

    public void Dispose()
    {
        run.Dispose();
        task.Dispose();
    }

    // Two ways to judge a look, and three baselines: one gradient, different noise.
    [Fact]
    public void What_a_look_is_judged_by_and_compared_with_changes_the_noise_and_not_the_gradient()
    {
        using var gradients = new LookGradients((CaptionModel)run.Model, Data.Test, 1);
        GradientStatistics Of(Baseline? baseline, int samples, bool toGo)
        {
            using var generator = new Generator(1);
            return gradients.Measure(Mechanisms.Reinforced with { Estimator = _ => new Reinforce(baseline, samples: samples) }, 600, generator, toGo);
        }

        using var plain = Of(null, 1, toGo: false);
        using var toGo = Of(null, 1, toGo: true);
        using var average = Of(new MovingAverage(), 1, toGo: false);
        using var others = Of(new LeaveOneOut(), 3, toGo: true);

        Assert.Equal(600, plain.Count);
        Assert.True(toGo.Variance < plain.Variance && average.Variance < plain.Variance && others.Variance < toGo.Variance / 3);
        foreach (var statistics in new[] { toGo, average, others }) Assert.InRange(Distance(plain, statistics), 0, 2.5);
    }

    [Fact]
    public void It_leaves_the_captioner_as_it_was_and_nothing_else()
    {
        var model = (CaptionModel)run.Model;
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        void Measure()
        {
            using var gradients = new LookGradients(model, Data.Test, 0);
            using var statistics = gradients.Measure(Mechanisms.LeftOneOut, 10, generator);
        }

        foreach (var parameter in model.Captioner.parameters()) parameter.grad = null;
        Measure();

        Assert.Equal(0, LiveTensors.LeftBy(Measure));
        Assert.All(model.Captioner.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.True(model.Captioner.training);
        Assert.IsType<Sampled>(model.Captioner.Attention.Read);
    }

    // How far two means are apart, in what their noise lets one expect: around 1 where they are of one gradient.
    private static double Distance(GradientStatistics one, GradientStatistics other)
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt((one.Mean - other.Mean).square().sum().ToDouble() / (one.Variance / one.Count + other.Variance / other.Count));
    }
}
