using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class DigitTaskTests
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 300, testCount: 300);
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 8, ReportEvery = 1 };

    public static TheoryData<string> Tasks => ["single", "large", "pairs", "given"];

    // Every contender takes two steps, is tested in each of its modes, and goes away.
    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_contender_learns_is_tested_in_its_modes_and_leaves_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var task = Make(name);
        Assert.Distinct(task.Contenders.Select(contender => contender.Name));
        Assert.True(task.Contenders.SkipWhile(contender => contender.Role != Role.Control).All(contender => contender.Role == Role.Control), "controls come last");

        foreach (var contender in task.Contenders)
        {
            var results = ShortRun.LeavesNothing(contender, Short);
            Assert.Equal(Math.Max(1, contender.Modes.Count), results.Count);
            foreach (var result in results)
            {
                Assert.Equal(task.Metrics.Select(metric => metric.Name), result.Metrics.Keys);
                Assert.InRange(result.Metrics[task.Metrics[0].Name], 0, 1);
                var looks = contender.Modes.Count > 0 || contender.Name.Contains("centre", StringComparison.Ordinal);
                Assert.Equal(looks && name != "given", double.IsFinite(result.Metrics["pointing"]));
                Assert.Equal(contender.Name.Contains("RAM", StringComparison.Ordinal) && name != "given", double.IsFinite(result.Metrics["glimpses inside"]));
            }
        }
    }

    // Over the seeds 0 to 9 the layers over pixels are right in 0.77 to 0.80, the convolutions in 0.70 to 0.79; blind guessing is right in 0.1.
    [Theory]
    [InlineData("fully connected")]
    [InlineData("convolutional")]
    public void Networks_that_see_the_whole_canvas_learn(string name)
    {
        Assert.InRange(AccuracyOf(name, seed: 0), 0.5, 1);
    }

    private static double AccuracyOf(string name, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        var network = name == "convolutional" ? DigitNetworks.Convolutional(28, 10) : DigitNetworks.FullyConnected(28, 10);
        Initialization.Draw(network, generator);
        using var test = new GivenCanvases(Few.Test);
        using var model = new NetworkModel(network, new GivenCanvases(Few.Train), test.All());
        new Trainer(new TrainingOptions { Steps = 150, BatchSize = 32, LearningRate = 3e-3 }).Run(model, generator);
        return model.Test(null, generator)["accuracy"];
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        using var task = Make("pairs");
        string Numbers(Contender contender, long seed)
        {
            using var run = AttentionTask.Train(contender, seed, Short);
            return string.Join(' ', run.History["loss"].Concat(AttentionTask.Test(run).SelectMany(result => result.Metrics.Values)).Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        }

        foreach (var contender in new[] { task["hard, leave-one-out"], task["DRAM"], task["convolutional"] })
        {
            Assert.Equal(Numbers(contender, 1), Numbers(contender, 1));
            Assert.NotEqual(Numbers(contender, 1), Numbers(contender, 2));
        }
    }

    [Fact]
    public void The_scores_of_several_digits_are_counted_by_canvas()
    {
        using var scope = NewDisposeScope();
        // Right in both; in the first; in none, with the right sum; in none.
        long[] told = [1, 2, 3, 9, 5, 4, 0, 0], truth = [1, 2, 3, 4, 4, 5, 1, 1];
        var canvases = new CanvasBatch(zeros(4, 1, 8, 8), tensor(truth, [4, 2]), null);

        var scores = DigitScores.Of(canvases, CPU, batch => new DigitAnswer(nn.functional.one_hot(tensor(told, [4, 2]), 10).to(float32)) { Pointing = tensor([1f, 0, 1, 1, 0, 0, 0, 1], [4, 2]) });

        Assert.Equal(0.25, scores["all right"]);
        Assert.Equal(0.375, scores["each right"]);
        Assert.Equal(0.5, scores["sum right"]);
        Assert.Equal(0.5, scores["pointing"]);
        Assert.Equal(double.NaN, scores["glimpses inside"]);
    }

    [Fact]
    public void Batches_of_the_test_do_not_change_its_scores()
    {
        using var scope = NewDisposeScope();
        // Two whole batches and a part of a third.
        var labels = arange(611, int64).remainder(10).unsqueeze(1);
        var canvases = new CanvasBatch(zeros(611, 1, 4, 4), labels, null);

        var scores = DigitScores.Of(canvases, CPU, batch => new DigitAnswer(nn.functional.one_hot(zeros_like(batch.Labels), 10).to(float32)));

        Assert.Equal(62.0 / 611, scores["accuracy"], 12);
    }

    // Ten samples are one answer: votes would be, too, but probabilities are averaged.
    [Fact]
    public void The_mean_of_several_answers_is_that_of_their_probabilities()
    {
        using var scope = NewDisposeScope();
        DigitAnswer Of(float first) => new(tensor([first, 1 - first], [1, 1, 2])) { Pointing = tensor([first > 0.5f ? 1f : 0f], [1, 1]) };

        var mean = DigitAnswer.Mean([Of(0.9f), Of(0.4f), Of(0.4f)]);

        Assert.Equal(1.7 / 3, mean.Probabilities[0, 0, 0].ToDouble(), 6);
        Assert.Equal(1.0 / 3, mean.Pointing![0, 0].ToDouble(), 6);
        Assert.Null(mean.Glimpses);
    }

    [Fact]
    public void Given_canvases_are_drawn_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var canvases = new GivenCanvases(Few.Test);

        var (drawn, all) = (canvases.Draw(200, generator), canvases.All());

        Assert.Equal((28, 1), (canvases.Size, canvases.Objects));
        Assert.Null(drawn.Boxes);
        Assert.True(all.Images.Equals(Few.Test.ToImages()) && all.Labels.squeeze(1).Equals(Few.Test.ToLabels()));
        var index = cdist(drawn.Images.flatten(1), all.Images.flatten(1)).argmin(1);
        Assert.True(drawn.Images.Equals(all.Images.index_select(0, index)) && drawn.Labels.Equals(all.Labels.index_select(0, index)));
        Assert.InRange(index.unique().output.numel(), 100, 200);
        Assert.Equal(2, LiveTensors.HandedOverBy(() => canvases.Draw(3, generator)));
    }

    private static DigitTask Make(string name) => name switch
    {
        "single" => DigitTasks.Cluttered(Few, 0, testCount: 300),
        "large" => DigitTasks.ClutteredLarge(Few, 0, testCount: 300),
        "pairs" => DigitTasks.Pairs(Few, 0, testCount: 300),
        _ => DigitTasks.Given(new DigitData(Canvases(Few.Train), Canvases(Few.Test), "Made.")),
    };

    // 40×40, as the published canvases.
    private static DigitSet Canvases(DigitSet digits)
    {
        using var scope = NewDisposeScope();
        using var canvas = new DigitCanvas(digits, size: 40, clutter: 2);
        using var generator = new Generator(1);
        var batch = canvas.Draw(300, generator);
        return new DigitSet("made", 40, 40, (batch.Images * 255).to(uint8).flatten().data<byte>().ToArray(), [.. batch.Labels.data<long>().ToArray().Select(label => (byte)label)], Digits.Names, "made");
    }
}
