using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Is the mean of the estimates the exact gradient, within its standard error? And would we notice if it were not?</summary>
public class ReinforceBiasTests
{
    private const double StandardErrors = 4;

    [Theory]
    [InlineData("none", 1)]
    [InlineData("none", 2)]
    [InlineData("moving average", 1)]
    [InlineData("moving average", 2)]
    [InlineData("learned", 1)]
    [InlineData("learned", 2)]
    public void The_mean_estimate_is_the_exact_gradient(string baseline, int steps)
    {
        using var scope = NewDisposeScope();
        var problem = new ChoiceProblem(steps, level: 2);
        var estimator = new Reinforce(Make(baseline)).to(float64);
        new ChoiceProblem(steps, replications: 500, level: 2).Teach(estimator, 10);

        var z = problem.WorstZ(estimator, seed: 1);

        Assert.True(z < StandardErrors, $"off by {z} standard errors");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_entropy_bonus_shows_as_a_bias(int steps)
    {
        using var scope = NewDisposeScope();

        Assert.True(new ChoiceProblem(steps).WorstZ(new Reinforce(entropyBonus: 0.1), seed: 1) > 2 * StandardErrors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_baseline_that_looks_at_the_cost_itself_shows_as_a_bias(int steps)
    {
        using var scope = NewDisposeScope();

        Assert.True(new ChoiceProblem(steps).WorstZ(new Reinforce(new PeekingBaseline()), seed: 1) > 2 * StandardErrors);
    }

    [Fact]
    public void Leaving_out_the_score_function_shows_as_a_bias()
    {
        using var scope = NewDisposeScope();

        Assert.True(new ChoiceProblem(1).WorstZ(new NoEstimator(), seed: 1) > 2 * StandardErrors);
    }

    [Fact]
    public void Baselines_lower_the_variance_of_a_large_cost()
    {
        using var scope = NewDisposeScope();
        var problem = new ChoiceProblem(1, replications: 4000, level: 10) { FeatureWeight = 3 };
        double Variance(string baseline)
        {
            var estimator = new Reinforce(Make(baseline)).to(float64);
            problem.Teach(estimator, 150);
            return problem.Variance(estimator, seed: 1);
        }

        var (none, movingAverage, learned) = (Variance("none"), Variance("moving average"), Variance("learned"));

        Assert.True(none > 5 * movingAverage, $"{none} without, {movingAverage} with the moving average");
        Assert.True(movingAverage > 2 * learned, $"{movingAverage} with the moving average, {learned} with the learned baseline");
    }

    private static Baseline? Make(string name) => name switch
    {
        "none" => null,
        "moving average" => new MovingAverage(),
        "learned" => Draw.Weights(new LearnedBaseline(3, 16), 3),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such baseline."),
    };

    private sealed class PeekingBaseline() : Baseline(nameof(PeekingBaseline))
    {
        public override Expectation forward(Trial trial) => new(trial.Costs * 0.2);
    }
}
