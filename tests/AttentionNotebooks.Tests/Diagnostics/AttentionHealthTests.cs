using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Every detector fires where it must, and not on a healthy neighbour.</summary>
public class AttentionHealthTests
{
    [Fact]
    public void A_collapsed_policy_is_told_from_a_confident_one_and_from_a_uniform_one()
    {
        using var scope = NewDisposeScope();
        var collapsed = (tensor([9.0, 0, 0, 0, 0], [1, 5]) + 0.1 * Draw.Normal(1, [50, 5])).softmax(-1);
        var confident = (9 * eye(5, dtype: float64)).repeat(10, 1).softmax(-1);
        var uniform = (0.01 * Draw.Normal(1, [50, 5])).softmax(-1);
        var undecided = (Draw.Normal(1, [50, 5])).softmax(-1);

        Assert.StartsWith("Collapsed", Assert.Single(AttentionHealth.OfWeights(collapsed)).Failure, StringComparison.Ordinal);
        Assert.StartsWith("Uniform", Assert.Single(AttentionHealth.OfWeights(uniform)).Failure, StringComparison.Ordinal);
        Assert.Empty(AttentionHealth.OfWeights(confident));
        Assert.Empty(AttentionHealth.OfWeights(undecided));
    }

    [Fact]
    public void Rationales_of_everything_or_nothing_are_found_and_padding_hides_neither()
    {
        using var scope = NewDisposeScope();
        var mask = cat([ones(4, 5, @bool), zeros(4, 15, @bool)], 1);

        Assert.StartsWith("Select-all", Assert.Single(AttentionHealth.OfRationales(mask, mask)).Failure, StringComparison.Ordinal);
        Assert.StartsWith("Select-none", Assert.Single(AttentionHealth.OfRationales(mask.logical_not(), mask)).Failure, StringComparison.Ordinal);
        Assert.Empty(AttentionHealth.OfRationales(mask));
    }

    [Fact]
    public void A_posterior_that_agrees_with_the_prior_has_collapsed()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var prior = softmax.call(Draw.Normal(1, [20, 1, 5]), null);
        var other = softmax.call(Draw.Normal(2, [20, 1, 5]), null);

        Assert.StartsWith("Posterior collapse", Assert.Single(AttentionHealth.OfPosterior(prior.Divergence(prior))).Failure, StringComparison.Ordinal);
        Assert.Empty(AttentionHealth.OfPosterior(other.Divergence(prior)));
    }

    [Fact]
    public void A_location_that_was_not_detached_is_found()
    {
        using var scope = NewDisposeScope();
        var state = Draw.Leaf(1, 4, 3);
        var location = state.narrow(1, 0, 2).tanh();

        Assert.StartsWith("Missing detach", Assert.Single(AttentionHealth.OfDetach((location * 2).square().sum(), location)).Failure, StringComparison.Ordinal);
        Assert.Empty(AttentionHealth.OfDetach((location.detach() * state.sum()).sum(), location));
    }

    [Fact]
    public void A_choice_without_an_estimator_is_dead_and_with_one_it_learns()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var attention = new Attention(new AdditiveScore(3, 2, 4), new Softmax(), new Sampled());
        var values = Draw.Normal(4, [5, 4, 2], ScalarType.Float32).requires_grad_();
        var attended = attention.forward(Draw.Normal(2, [5, 1, 3], ScalarType.Float32), Draw.Normal(3, [5, 4, 2], ScalarType.Float32), values, generator: generator);
        var losses = attended.Context.square().sum([1, 2]);
        using var estimator = new Reinforce();

        Assert.StartsWith("Dead", Assert.Single(AttentionHealth.OfGradient(losses.mean(), attention.parameters())).Failure, StringComparison.Ordinal);
        Assert.Empty(AttentionHealth.OfGradient(estimator.Surrogate(_ => new Outcome(losses, attended)), attention.parameters()));
    }

    [Fact]
    public void Gradients_that_explode_or_are_no_numbers_are_found()
    {
        using var scope = NewDisposeScope();
        var leaf = Draw.Leaf(1, 3);

        Assert.StartsWith("Exploding", Assert.Single(AttentionHealth.OfGradient((leaf * 1e6).sum(), [leaf])).Failure, StringComparison.Ordinal);
        var finding = Assert.Single(AttentionHealth.OfGradient((leaf * double.NaN).sum(), [leaf]));
        Assert.StartsWith("Not a number", finding.Failure, StringComparison.Ordinal);
        Assert.Contains("AttentionChecks", finding.ToString(), StringComparison.Ordinal);
        Assert.Empty(AttentionHealth.OfGradient(leaf.sum(), [leaf]));
    }
}
