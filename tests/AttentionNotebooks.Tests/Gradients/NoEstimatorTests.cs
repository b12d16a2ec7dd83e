using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class NoEstimatorTests
{
    [Fact]
    public void What_is_read_gets_its_gradient_and_the_scores_none()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var softmax = new Softmax();
        var (scores, values) = (Draw.Leaf(1, 3, 1, 4), Draw.Leaf(2, 3, 4, 2));

        new NoEstimator().Surrogate(read =>
        {
            var attended = (read ?? new Sampled()).Take(softmax.call(scores, null), values, generator);
            return new Outcome(attended.Context.square().sum([1, 2]), attended);
        }).backward();

        Assert.Null(scores.grad);
        Assert.Equal(3, values.grad!.abs().sum(-1).gt(0).sum().ToInt64());
    }

    [Fact]
    public void The_surrogate_is_the_mean_over_examples_of_the_sum_over_steps_as_that_of_Reinforce_is()
    {
        using var scope = NewDisposeScope();
        var losses = Draw.Leaf(1, 5, 3);

        var without = new NoEstimator().Surrogate(_ => new Outcome(losses));

        Assert.Equal(new Reinforce().Surrogate(_ => new Outcome(losses)).ToDouble(), without.ToDouble(), 12);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => new NoEstimator().Surrogate(_ => new Outcome(losses))));
        Assert.Throws<ArgumentNullException>(() => new NoEstimator().Surrogate(null!));
    }
}
