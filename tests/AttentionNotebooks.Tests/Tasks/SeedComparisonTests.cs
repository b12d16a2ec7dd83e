namespace AttentionNotebooks;

public class SeedComparisonTests
{
    private static readonly TrainingOptions Options = new() { Steps = 60, BatchSize = 16, LearningRate = 0.1, ReportEvery = 10 };

    [Fact]
    public void Every_contender_is_trained_from_every_seed_and_those_that_reach_the_target_are_told()
    {
        using var choice = SmallChoice.OfNumbers([0, 0, 0], [0, 1, 2], number => number.square());
        var comparison = new SeedComparison(ChoiceReport.AboveTheBest, 1, 2) { Target = 0.3, Title = "title", Caption = "caption" };

        comparison.TrainLive(choice.Contender(Mechanisms.Reinforced, Options), choice.Contender(Mechanisms.Random, Options));

        var (hard, random) = (comparison.StepsToTarget()[0], comparison.StepsToTarget()[1]);
        Assert.Equal(["hard, REINFORCE", "control, random location"], comparison.StepsToTarget().Select(each => each.Contender.Name));
        Assert.Equal(2, hard.Steps.Length);
        Assert.All(hard.Steps, steps => Assert.InRange(steps, 10, 60));
        Assert.All(random.Steps, steps => Assert.True(double.IsNaN(steps)));
        var words = comparison.Chart().ToString();
        Assert.Contains("title", words, StringComparison.Ordinal);
        Assert.Contains("hard, REINFORCE: ", words, StringComparison.Ordinal);
        Assert.Contains("mean of 2 runs", words, StringComparison.Ordinal);
        Assert.Contains("target: 0.3 → 0.3", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_target_there_are_no_steps_to_it() =>
        Assert.Contains("set Target", Assert.Throws<InvalidOperationException>(() => new SeedComparison("loss", 1).StepsToTarget()).Message, StringComparison.Ordinal);
}
