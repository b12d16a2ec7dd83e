using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Halting distributions by enumeration, at a thousand steps and at their limits; draws against probabilities.</summary>
public class PonderNetTests
{
    private const long S = 3;

    [Property(MaxTest = 60)]
    public void Products_multiplied_out_give_the_same_distribution(int seed, byte size)
    {
        using var scope = NewDisposeScope();
        var n = 1 + size % 12;
        var logits = Draw.Normal((ulong)(uint)seed, [2, n]) * 2;

        var p = HaltingDistribution.FromLogits(logits).LogProbabilities.exp();

        for (var b = 0; b < 2; b++)
        {
            var left = 1.0;
            for (var step = 0; step < n; step++)
            {
                var lambda = step == n - 1 ? 1 : logits[b, step].sigmoid().ToDouble();
                Assert.Equal(lambda * left, p[b, step].ToDouble(), 12);
                left *= 1 - lambda;
            }
        }

        Assert.True(p.sum(-1).allclose(ones(2, float64), 0, 1e-12));
    }

    [Fact]
    public void Expectations_and_divergence_by_enumeration()
    {
        using var scope = NewDisposeScope();
        var halting = HaltingDistribution.FromLogits(tensor([0.0, 0.0, 7.0], [1, 3]));
        var prior = HaltingDistribution.Geometric(0.25, 3, ScalarType.Float64);

        // λ = ½, ½, 1 gives ½, ¼, ¼; the prior ¼, 3/16, 9/16.
        Assert.True(halting.LogProbabilities.exp().flatten().allclose(tensor([0.5, 0.25, 0.25])));
        Assert.True(prior.LogProbabilities.exp().flatten().allclose(tensor([0.25, 0.1875, 0.5625])));
        Assert.Equal(1.75, halting.ExpectedSteps().ToDouble(), 12);
        Assert.Equal(0.5 * 3 + 0.25 * -1 + 0.25 * 10, halting.Expected(tensor([3.0, -1, 10], [1, 3])).ToDouble(), 12);
        var divergence = 0.5 * Math.Log(2) + 0.25 * Math.Log(0.25 / 0.1875) + 0.25 * Math.Log(0.25 / 0.5625);
        Assert.Equal(divergence, halting.Divergence(prior).ToDouble(), 12);
        Assert.Equal(3.75 + 0.1 * divergence, new PonderedSteps(zeros(1, 3, 1), halting).Loss(tensor([3.0, -1, 10], [1, 3]), prior, 0.1).ToDouble(), 12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Halting_as_the_prior_does_diverges_by_nothing_and_otherwise_by_something(double lambda)
    {
        using var scope = NewDisposeScope();
        var prior = HaltingDistribution.Geometric(lambda, 8, ScalarType.Float64);
        var same = HaltingDistribution.FromLogits(full(4, 8, Math.Log(lambda / (1 - lambda)), float64));
        var other = HaltingDistribution.FromLogits(Draw.Normal(1, [4, 8]));

        Assert.True(same.Divergence(prior).abs().max().ToDouble() < 1e-14);
        Assert.True(other.Divergence(prior).min().ToDouble() > 0.01);
        Assert.True(other.Divergence(other).abs().max().ToDouble() < 1e-14);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.05)]
    public void The_mean_of_the_prior_nears_one_over_lambda(double lambda)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(1 / lambda, HaltingDistribution.Geometric(lambda, 1000, ScalarType.Float64).ExpectedSteps().ToDouble(), 9);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void A_thousand_steps_keep_their_sum_and_their_gradient(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        foreach (var level in new double[] { -8, 0, 8, 90, -90 })
        {
            var logits = (Draw.Normal(1, [3, 1000]) + level).to(dtype).detach().requires_grad_();
            var halting = HaltingDistribution.FromLogits(logits);

            (halting.ExpectedSteps() + halting.Divergence(HaltingDistribution.Geometric(0.01, 1000, dtype))).sum().backward();

            Assert.True(halting.LogProbabilities.isfinite().all().ToBoolean());
            Assert.True((halting.LogProbabilities.exp().sum(-1) - 1).abs().max().ToDouble() < (dtype == ScalarType.Float32 ? 2e-4 : 1e-12));
            Assert.True(logits.grad!.isfinite().all().ToBoolean());
        }
    }

    [Fact]
    public void The_distribution_s_gradients_agree_with_central_differences()
    {
        using var scope = NewDisposeScope();
        var (logits, losses) = (Draw.Leaf(1, 3, 6), Draw.Leaf(2, 3, 6));
        var prior = HaltingDistribution.Geometric(0.3, 6, ScalarType.Float64);
        Tensor Loss() => new PonderedSteps(losses.unsqueeze(-1), HaltingDistribution.FromLogits(logits)).Loss(losses, prior, 0.5);

        foreach (var function in new Func<Tensor>[] { () => HaltingDistribution.FromLogits(logits).LogProbabilities, () => HaltingDistribution.FromLogits(logits).ExpectedSteps(), Loss })
        {
            var result = GradCheck.Run(function, [logits, losses]);
            Assert.True(result.Within(1e-7), result.ToString());
        }
    }

    [Fact]
    public void A_net_s_gradients_agree_with_central_differences()
    {
        using var scope = NewDisposeScope();
        using var net = Draw.Weights(new PonderNet(S, 5), 1);
        var (input, recurrent) = (Draw.Leaf(3, 4, S), Draw.Leaf(4, S, S));
        var prior = HaltingDistribution.Geometric(0.4, 5, ScalarType.Float64);
        Tensor Loss()
        {
            var steps = net.forward(zeros(4, S, float64), Recurrent(input, recurrent));
            return steps.Loss(steps.Outputs.square().sum(-1), prior, 0.3);
        }

        var result = GradCheck.Run(net, Loss, input, recurrent);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void Draws_follow_the_halting_distribution_and_give_the_state_of_their_step()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        using var net = Draw.Weights(new PonderNet(S, 5), 1);
        var recurrent = Draw.Normal(4, [S, S]);
        var input = (Draw.Normal(3, [1, S]) * 0.5).expand(20_000, S);
        var step = Recurrent(input, recurrent);

        var drawn = net.Halt(zeros(20_000, S, float64), step, generator);

        var all = net.forward(zeros(1, S, float64), Recurrent(input.narrow(0, 0, 1), recurrent));
        var probabilities = all.Halting.LogProbabilities.exp().data<double>().ToArray();
        Assert.All(probabilities, p => Assert.InRange(p, 0.01, 0.9));
        Assert.True(ChiSquare.GoodnessOfFit(ChiSquare.Counts(drawn.Steps - 1, 5), probabilities) > 1e-4);
        Assert.True(drawn.Output.allclose(all.Outputs[0].index_select(0, drawn.Steps - 1), 0, 1e-12));
    }

    [Fact]
    public void A_draw_computes_no_example_after_it_has_halted_and_the_same_seed_halts_alike()
    {
        using var scope = NewDisposeScope();
        using var net = Draw.Weights(new PonderNet(S, 30), 1);
        var (input, recurrent, computed) = (Draw.Normal(3, [50, S]), Draw.Normal(4, [S, S]), 0L);
        Tensor Steps(ulong seed)
        {
            using var generator = new Generator(seed);
            computed = 0;
            var step = Recurrent(input, recurrent);
            return net.Halt(zeros(50, S, float64), (state, examples, n) =>
            {
                computed += examples.shape[0];
                return step(state, examples, n);
            }, generator).Steps;
        }

        Assert.Equal(Steps(1).sum().ToInt64(), computed);
        Assert.True(computed < 50 * 30);
        Assert.True(Steps(1).Equals(Steps(1)));
        Assert.False(Steps(1).Equals(Steps(2)));
    }

    [Fact]
    public void One_step_and_an_empty_batch_are_like_any_other()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var once = new PonderNet(S, 1);
        PonderStep step = (state, _, _) => (state + 1, state.narrow(1, 0, 2));

        Assert.Equal(0, once.forward(zeros(2, S), step).Halting.LogProbabilities.abs().sum().ToSingle());
        Assert.True(once.Halt(zeros(2, S), step, generator).Steps.eq(1).all().ToBoolean());
        using var net = new PonderNet(S, 4);
        Assert.Equal([0L, 4, 2], net.forward(zeros(0, S), step).Outputs.shape);
        Assert.Equal([0L, 4], net.forward(zeros(0, S), step).Halting.LogProbabilities.shape);
        Assert.Equal([0L, 2], net.Halt(zeros(0, S), step, generator).Output.shape);
    }

    [Fact]
    public void It_is_saved_and_loaded_and_hands_over_nothing_but_its_results()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var net = Draw.Weights(new PonderNet(S, 4), 1);
        using var other = Draw.Weights(new PonderNet(S, 4), 2);
        var state = Draw.Normal(3, [5, S]);
        PonderStep step = (s, _, _) => (s.tanh(), s.sum(1, keepdim: true));
        Saved.Copy(net, other);

        Assert.True(other.forward(state, step).Halting.LogProbabilities.Equals(net.forward(state, step).Halting.LogProbabilities));
        Assert.Equal(2, LiveTensors.HandedOverBy(() => net.forward(state, step)));
        Assert.Equal(3, LiveTensors.HandedOverBy(() => net.Halt(state, step, generator)));
        var (halting, prior) = (net.forward(state, step).Halting, HaltingDistribution.Geometric(0.5, 4, ScalarType.Float64));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => HaltingDistribution.Geometric(0.5, 4)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => halting.ExpectedSteps()));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => halting.Divergence(prior)));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var net = new PonderNet(S, 4);
        PonderStep step = (state, _, _) => (state, state);
        var halting = HaltingDistribution.Geometric(0.5, 4);

        Assert.StartsWith("state has shape [2, 4], expected [B, 3].", Assert.Throws<ArgumentException>(() => net.forward(zeros(2, 4), step)).Message, StringComparison.Ordinal);
        Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => net.Halt(zeros(2, S), step, null!)).ParamName);
        Assert.StartsWith("prior has shape [1, 5], expected [1, 4].", Assert.Throws<ArgumentException>(() => halting.Divergence(HaltingDistribution.Geometric(0.5, 5))).Message, StringComparison.Ordinal);
        Assert.StartsWith("perStep has shape", Assert.Throws<ArgumentException>(() => halting.Expected(zeros(2, 4))).Message, StringComparison.Ordinal);
        Assert.StartsWith("logits has no step", Assert.Throws<ArgumentException>(() => HaltingDistribution.FromLogits(zeros(2, 0))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => HaltingDistribution.Geometric(1, 4));
    }

    private static PonderStep Recurrent(Tensor inputs, Tensor recurrent) => (state, examples, _) =>
    {
        var next = (state.matmul(recurrent) + inputs.index_select(0, examples)).tanh();
        return (next, next.narrow(1, 0, 2));
    };
}
