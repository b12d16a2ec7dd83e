using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SmallChoiceTests
{
    private const int Count = 20_000;
    private const double StandardErrors = 4;

    private static Mechanism Reinforced(GradientEstimator estimator) => Mechanisms.Reinforced with { Estimator = _ => estimator };

    private static SmallChoice Boxes(double level = 0) => SmallChoice.OfNumbers([0.5, 0, 1, 0.5], [0, 1, 2, 3], number => level + (number - 1).square());

    [Fact]
    public void Losses_and_their_expectation_are_those_of_each_location()
    {
        using var choice = Boxes(level: 2);
        using var scope = NewDisposeScope();

        Assert.Equal([3.0, 2, 3, 6], choice.Losses.data<double>().ToArray());
        Assert.Equal((choice.Weights() * choice.Losses).sum().ToDouble(), choice.ExpectedLoss(), 12);
        Assert.Equal(2, choice.LeastLoss(), 12);
    }

    [Fact]
    public void The_exact_gradient_is_that_of_the_expected_loss()
    {
        using var choice = Several();
        using var scope = NewDisposeScope();
        var scores = choice.Scores.clone().requires_grad_();

        (scores.softmax(-1) * choice.Losses).sum().backward();

        Assert.True(choice.Gradient().allclose(scores.grad!, 0, 1e-12));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("moving average")]
    [InlineData("learned")]
    [InlineData("leave-one-out")]
    [InlineData("REBAR")]
    [InlineData("RELAX")]
    [InlineData("ARM")]
    public void Estimates_are_right_on_average(string name)
    {
        using var choice = Boxes(level: 1);
        using var generator = new Generator(1);

        var quality = choice.Measure(Mechanisms.Reinforced with { Estimator = features => Make(name, features) }, Count, generator);

        Assert.True(quality.WorstZ < StandardErrors, $"off by {quality.WorstZ} standard errors");
        Assert.Equal(Count, quality.Count);
        Assert.Equal(name switch { "leave-one-out" or "REBAR" => 3, "ARM" => 4, _ => 1 }, quality.Runs);
    }

    [Fact]
    public void With_several_examples_each_has_a_gradient_of_its_own()
    {
        using var choice = Several();
        using var generator = new Generator(1);

        var quality = choice.Measure(Reinforced(new Reinforce(new LeaveOneOut(), samples: 2)), Count, generator);

        Assert.Equal(3 * 4, quality.Mean.Count);
        Assert.True(quality.WorstZ < StandardErrors, $"off by {quality.WorstZ} standard errors");
        Assert.InRange(quality.Bias, 0, 3 * quality.BiasByChance);
    }

    [Fact]
    public void By_enumeration_there_is_neither_bias_nor_variance()
    {
        using var choice = Several();
        using var generator = new Generator(1);

        var quality = choice.Measure(Reinforced(new ExactExpectation()), 10, generator);

        Assert.InRange(quality.Bias, 0, 1e-12);
        Assert.InRange(quality.Variance, 0, 1e-24);
        Assert.Equal(4, quality.Runs);
        Assert.Equal(0, quality.WorstZ);
    }

    [Fact]
    public void Without_an_estimator_the_estimate_is_zero()
    {
        using var choice = Boxes();
        using var generator = new Generator(1);

        var quality = choice.Measure(Reinforced(new NoEstimator()), 100, generator);

        Assert.All(quality.Mean, mean => Assert.Equal(0, mean));
        Assert.Equal(1, quality.Bias, 12);
        Assert.Equal(double.PositiveInfinity, quality.WorstZ);
    }

    // ℓ = (c − 1)² is a square: the mean over draws of its slope at the drawn number is its slope at the mean number.
    [Fact]
    public void Straight_through_estimates_the_gradient_of_the_soft_loss_here()
    {
        using var choice = Boxes();
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        var scores = choice.Scores.clone().requires_grad_();
        ((scores.softmax(-1) * tensor([0.0, 1, 2, 3])).sum() - 1).square().backward();

        var quality = choice.Measure(Mechanisms.StraightThrough, Count, generator);

        var z = quality.Mean.Zip(scores.grad!.data<double>().ToArray(), (mean, soft) => mean - soft).Zip(quality.Deviations, (off, deviation) => Math.Abs(off) / deviation * Math.Sqrt(Count));
        Assert.All(z, each => Assert.InRange(each, 0, StandardErrors));
        Assert.True(quality.WorstZ > 2 * StandardErrors, $"off by {quality.WorstZ} standard errors");
    }

    [Fact]
    public void The_variance_is_that_of_the_formula()
    {
        using var choice = Boxes(level: 3);
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        var weights = choice.Weights().flatten();
        var moved = 1 - 2 * weights + weights.square().sum();
        var expected = (weights * moved * choice.Losses.flatten().square()).sum() - choice.Gradient().square().sum();

        var quality = choice.Measure(Reinforced(new Reinforce()), 2 * Count, generator);

        Assert.Equal(1, quality.Variance / expected.ToDouble(), 1);
        Assert.Equal(quality.Variance, quality.VarianceTimesRuns);
        Assert.Equal(quality.Length / Math.Sqrt(quality.Variance), quality.SignalToNoise, 12);
    }

    [Fact]
    public void The_same_seed_measures_the_same()
    {
        using var choice = Boxes();
        EstimateQuality Measured(ulong seed)
        {
            using var generator = new Generator(seed);
            return choice.Measure(Mechanisms.Reinforced with { Estimator = features => new Relax(4 + features) }, 500, generator, lessons: 3);
        }

        Assert.Equal(Measured(1).Mean, Measured(1).Mean);
        Assert.NotEqual(Measured(1).Mean, Measured(2).Mean);
    }

    [Theory]
    [InlineData("hard, REINFORCE")]
    [InlineData("hard, straight-through")]
    [InlineData("control, random location")]
    public void In_training_its_scores_are_what_learns_if_it_aims(string name)
    {
        using var choice = Boxes(level: 2);
        var mechanism = Mechanisms.All.Single(each => each.Name == name);
        var options = new TrainingOptions { Steps = 100, BatchSize = 16, LearningRate = 0.1, Schedule = new Constant(), ReportEvery = 100 };

        using var run = AttentionTask.Train(choice.Contender(mechanism, options), 1);
        var above = AttentionTask.Test(run)[0].Metrics[ChoiceReport.AboveTheBest];

        // Equal chances cost 1.5 more than the best box; straight-through is content with a mix.
        Assert.InRange(above, name switch { "hard, REINFORCE" => 0, "hard, straight-through" => 0.3, _ => 1.4999 }, name switch { "hard, REINFORCE" => 0.3, "hard, straight-through" => 1.2, _ => 1.5001 });
        Assert.Equal(2 + above, AttentionTask.Test(run)[0].Metrics[ChoiceReport.ExpectedLoss], 9);
        Assert.Equal(0.5, choice.Scores[0, 0].ToDouble());
    }

    [Fact]
    public void Nothing_is_left_of_a_measurement()
    {
        using var choice = Several();
        using var generator = new Generator(1);
        void Once() => choice.Measure(Mechanisms.Reinforced, 100, generator, lessons: 2);
        Once();

        Assert.Equal(0, LiveTensors.LeftBy(Once));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => choice.Estimates(new Reinforce(), new Sampled(), 3, generator)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => choice.Gradient()));
        Assert.Equal(0, LiveTensors.LeftBy(() => Several().Dispose()));
    }

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        using var scope = NewDisposeScope();
        Assert.StartsWith("values has shape [1, 3, 1], expected [1, 4, \"D\"]".Replace("\"", "", StringComparison.Ordinal), Assert.Throws<ArgumentException>(() => SmallChoice.OfNumbers(new double[4], new double[3], number => number)).Message, StringComparison.Ordinal);
        Assert.StartsWith("losses has shape", Assert.Throws<ArgumentException>(() => new SmallChoice(zeros(1, 4), zeros(1, 4, 1), read => read.sum())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new SmallChoice(zeros(1, 4), zeros(1, 4, 1), null!));
        using var choice = Boxes();
        using var generator = new Generator(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => choice.Estimates(new Reinforce(), new Sampled(), 0, generator));
    }

    // Three examples of four locations, with values of two numbers.
    private static SmallChoice Several()
    {
        using var scope = NewDisposeScope();
        return new SmallChoice(Draw.Normal(1, [3, 4]), Draw.Normal(2, [3, 4, 2]), read => (read.square().sum(-1) - 1).square());
    }

    private static GradientEstimator Make(string name, long features) => name switch
    {
        "none" => new Reinforce(),
        "moving average" => new Reinforce(new MovingAverage()),
        "learned" => new Reinforce(new LearnedBaseline(features)),
        "leave-one-out" => new Reinforce(new LeaveOneOut(), samples: 3),
        "REBAR" => new Rebar(),
        "RELAX" => new Relax(4 + features),
        "ARM" => new Arm(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such estimator."),
    };
}
