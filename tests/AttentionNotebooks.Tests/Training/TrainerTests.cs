using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TrainerTests
{
    [Fact]
    public void It_goes_downhill()
    {
        using var scope = NewDisposeScope();
        using var learner = new QuadraticLearner();

        Run(learner, new TrainingOptions { Steps = 400, LearningRate = 0.1 });

        Assert.Equal(3, learner.Place[0], 0.1f);
        Assert.Equal(-2, learner.Place[1], 0.1f);
    }

    [Fact]
    public void The_history_has_the_mean_of_every_metric_since_the_point_before_and_the_last_step()
    {
        using var scope = NewDisposeScope();
        var seen = new List<int>();
        using var generator = new Generator(1);

        var history = new Trainer(new TrainingOptions { Steps = 10, ReportEvery = 4 }).Run(new QuadraticLearner(), generator, progress => seen.Add(progress.Points.Count));

        Assert.Equal([4.0, 8, 10], history.Steps);
        Assert.Equal([2.5, 6.5, 9.5], history["step"]);
        Assert.Equal([1, 2, 3], seen);
        Assert.Equal(10, history.Planned);
        Assert.Equal(history.Points.Select(point => point.Seconds).Order(), history.Points.Select(point => point.Seconds));
        Assert.Throws<KeyNotFoundException>(() => history["no such metric"]);
    }

    [Fact]
    public void The_step_size_falls_along_half_a_cosine_and_the_gradient_is_clipped()
    {
        using var scope = NewDisposeScope();
        // Adam's first step is as long as its step size, whatever the gradient; and a gradient clipped to almost nothing drowns in its ε.
        var (first, last, clipped) = (new QuadraticLearner(), new QuadraticLearner(), new QuadraticLearner());

        Run(first, new TrainingOptions { Steps = 1, LearningRate = 0.01 });
        Run(last, new TrainingOptions { Steps = 2, LearningRate = 0.01 });
        Run(clipped, new TrainingOptions { Steps = 1, LearningRate = 0.01, GradientNorm = 1e-12 });

        Assert.Equal(0.01, first.Place[0], 1e-5);
        // 1 + ½ of the first step size.
        Assert.Equal(0.015, last.Place[0], 1e-4);
        Assert.Equal(0, clipped.Place[0], 1e-5);
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("hard")]
    public void Two_runs_of_one_seed_agree_bit_for_bit_and_another_seed_differs(string kind)
    {
        using var scope = NewDisposeScope();
        set_num_threads(1);
        var options = new TrainingOptions { Steps = 12, BatchSize = 16, ReportEvery = 4 };
        Read Read() => kind == "hard" ? new Sampled() : new Expected();

        var first = CanvasTraining.Run(CanvasTraining.Additive(), Read(), 1, options);
        var second = CanvasTraining.Run(CanvasTraining.Additive(), Read(), 1, options);
        var other = CanvasTraining.Run(CanvasTraining.Additive(), Read(), 2, options);

        var (weights, otherWeights) = (second.Reader.state_dict(), other.Reader.state_dict());
        Assert.All(first.Reader.state_dict(), pair => Assert.True(pair.Value.Equals(weights[pair.Key]), pair.Key));
        Assert.All(first.Reader.state_dict().Where(pair => pair.Value.dim() > 1), pair => Assert.False(pair.Value.Equals(otherWeights[pair.Key]), pair.Key));
        foreach (var metric in new[] { "loss", "accuracy", "pointing" })
            Assert.Equal(first.History[metric].Select(BitConverter.DoubleToInt64Bits), second.History[metric].Select(BitConverter.DoubleToInt64Bits));
        Assert.NotEqual(first.History["loss"], other.History["loss"]);
    }

    [Fact]
    public void Training_draws_nothing_from_the_global_generator()
    {
        using var scope = NewDisposeScope();
        double Loss(long global)
        {
            // Weights that a constructor takes from the global generator are drawn anew from the one passed in.
            using var _ = random.manual_seed(global);
            return CanvasTraining.Run(CanvasTraining.Additive(), new Sampled(), 1, new TrainingOptions { Steps = 3, BatchSize = 8 }).History["loss"][0];
        }

        Assert.Equal(Loss(1), Loss(2));
    }

    [Fact]
    public void A_run_stops_between_two_steps_when_it_is_asked_to()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var cancellation = new CancellationTokenSource();
        using var learner = new QuadraticLearner();

        Assert.Throws<OperationCanceledException>(() => new Trainer(new TrainingOptions { Steps = 100, ReportEvery = 5 }).Run(
            learner, generator, history => { if (history.Points.Count == 2) cancellation.Cancel(); }, cancellation.Token));

        Assert.Equal(10, learner.Steps);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_the_run_and_is_named_with_the_step()
    {
        using var scope = NewDisposeScope();
        using var learner = new QuadraticLearner { BrokenFrom = 7 };

        var error = Assert.Throws<ArithmeticException>(() => Run(learner, new TrainingOptions { Steps = 100, ReportEvery = 5 }));

        Assert.StartsWith("The training diverged: loss is NaN at step 10.", error.Message, StringComparison.Ordinal);
        Assert.Equal(10, learner.Steps);
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("hard")]
    public void The_number_of_live_tensors_is_flat_over_a_run_and_nothing_is_left_of_it(string kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var canvases = new DigitCanvas(CanvasTraining.Data.Train);
        var reader = new CanvasReader(new Attention(CanvasTraining.Additive(), new Softmax(), kind == "hard" ? new Sampled() : new Expected()), generator);
        var learner = new CanvasLearner(reader, new Reinforce(new LearnedBaseline(reader.OverviewFeatures)), canvases);
        var trainer = new Trainer(new TrainingOptions { Steps = 20, BatchSize = 8, ReportEvery = 1 });
        var live = new List<long>();

        trainer.Run(learner, generator, _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));
        reader.zero_grad();
        learner.Modules.SelectMany(module => module.parameters()).ToList().ForEach(parameter => parameter.grad = null);
        var left = LiveTensors.HandedOverBy(() => trainer.Run(learner, generator));

        // The optimizer's moments are there after the first step.
        Assert.Single(live.Skip(1).Distinct());
        Assert.Equal(0, left);
    }

    [Fact]
    public void Nothing_is_left_of_a_run_outside_every_scope()
    {
        using var generator = new Generator(1);
        using var learner = new QuadraticLearner();
        var trainer = new Trainer(new TrainingOptions { Steps = 20, ReportEvery = 3 });
        trainer.Run(learner, generator);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        trainer.Run(learner, generator);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void An_option_out_of_its_range_and_a_missing_part_are_errors()
    {
        using var generator = new Generator(1);
        var trainer = new Trainer(new TrainingOptions());
        foreach (var options in new TrainingOptions[]
        {
            new() { Steps = 0 }, new() { BatchSize = 0 }, new() { ReportEvery = 0 }, new() { LearningRate = 0 },
            new() { LearningRate = double.NaN }, new() { GradientNorm = 0 }, new() { GradientNorm = double.NaN },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(options));
        }

        Assert.Throws<ArgumentNullException>(() => new Trainer(null!));
        Assert.Throws<ArgumentNullException>(() => trainer.Run(null!, generator));
        Assert.Throws<ArgumentNullException>(() => trainer.Run(new QuadraticLearner(), null!));
    }

    private static TrainingHistory Run(ILearner learner, TrainingOptions options)
    {
        using var generator = new Generator(1);
        return new Trainer(options).Run(learner, generator);
    }
}
