using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class GlancePolicyTests
{
    [Fact]
    public void A_uniform_policy_looks_everywhere_alike_whatever_the_state()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var policy = new UniformPolicy();

        var fixation = policy.call(Draw.Normal(1, [20_000, 3]), generator);

        Assert.Null(fixation.LogProbability);
        Assert.Empty(policy.parameters());
        foreach (var side in new[] { 0, 1 })
        {
            var tenths = ((fixation.Location.select(1, side) + 1) * 5).to(int64);
            Assert.InRange(ChiSquare.GoodnessOfFit(ChiSquare.Counts(tenths, 10), [.. Enumerable.Repeat(0.1, 10)]), 1e-3, 1);
        }

        Assert.Throws<ArgumentNullException>(() => policy.call(Draw.Normal(1, [2, 3]), null));
    }

    [Fact]
    public void A_centre_policy_never_looks_away()
    {
        using var scope = NewDisposeScope();

        var fixation = new CentrePolicy().call(Draw.Normal(1, [5, 3]), null);

        Assert.Equal([5L, 2], fixation.Location.shape);
        Assert.Equal(0, fixation.Location.abs().sum().ToDouble());
        Assert.Null(fixation.LogProbability);
    }

    [Fact]
    public void A_control_in_a_model_leaves_the_estimator_the_plain_loss()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var retina = new Retina(4, 2);
        using var model = new RecurrentAttention(retina, new GlimpseNetwork(GlimpseNetwork.OfPixels(retina, features: 5), 5, 4, 6), new UniformPolicy(), 5, 3, 6, centred: true);
        using var estimator = new Reinforce(new LearnedBaseline(6));

        var run = model.call(Draw.Normal(1, [4, 1, 12, 12], ScalarType.Float32), generator);
        var losses = run.Logits.square().sum([1L, 2]);

        Assert.Null(run.LogProbability);
        Assert.Equal(losses.mean().ToDouble(), estimator.Surrogate(_ => run.Cost(losses)).ToDouble(), 5);
        Assert.True(run.Locations.select(1, 0).eq(0).all().ToBoolean());
        Assert.False(run.Locations.select(1, 1).eq(run.Locations.select(1, 2)).any().ToBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_new_policy_looks_near_the_middle_with_all_its_deviation(bool learned)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var policy = new LocationPolicy(64, 0.1, learned);
        Initialization.Draw(policy, generator);
        policy.Initialize(generator);

        var locations = policy.call(Draw.Normal(1, [4000, 64], ScalarType.Float32).relu() * 2, generator).Location;

        Assert.InRange(locations.std().ToDouble(), 0.08, 0.2);
        Assert.InRange(locations.abs().max().ToDouble(), 0.2, 0.8);
    }
}
