using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ReinforceTests
{
    private const long B = 4, T = 2, N = 3;

    [Fact]
    public void The_surrogate_is_its_formula()
    {
        using var scope = NewDisposeScope();
        var losses = tensor(new[] { 1.0, 2, 3, 4 });
        var attended = Drawn(Draw.Leaf(1, B, T, N));

        var plain = new Reinforce().Surrogate(losses, attended);
        var bonus = new Reinforce(entropyBonus: 0.5).Surrogate(losses, attended);

        var expected = (losses + losses * attended.LogProbability!.sum(-1)).mean();
        Assert.Equal(expected.ToDouble(), plain.ToDouble(), 12);
        Assert.Equal((expected - 0.5 * attended.Entropy!.sum(-1).mean()).ToDouble(), bonus.ToDouble(), 12);
    }

    [Fact]
    public void The_gradient_with_respect_to_the_losses_is_that_of_their_mean()
    {
        using var scope = NewDisposeScope();
        var losses = Draw.Leaf(1, B);
        var attended = Drawn(Draw.Normal(2, [B, T, N]));
        // The cost is a constant to the surrogate: a central difference must not move it.
        var costs = Draw.Normal(3, [B]);

        var result = GradCheck.Run(() => new Reinforce(entropyBonus: 0.1).Surrogate(losses, attended, costs: costs), [losses]);
        new Reinforce().Surrogate(losses, attended).backward();

        Assert.True(result.Within(1e-7), result.ToString());
        Assert.All(losses.grad!.data<double>().ToArray(), gradient => Assert.Equal(1.0 / B, gradient, 12));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void The_gradient_with_respect_to_the_scores_agrees_with_central_differences(double entropyBonus)
    {
        using var scope = NewDisposeScope();
        var (scores, costs, choice) = (Draw.Leaf(1, B, T, N), Draw.Normal(3, [B]), Drawn(Draw.Normal(1, [B, T, N])).Choice!);
        using var softmax = new Softmax();
        AttentionResult Attended()
        {
            var locations = softmax.call(scores, null);
            return new AttentionResult(zeros(B, T, 1), locations) { Choice = choice, LogProbability = locations.LogProbability(choice), Entropy = locations.Entropy() };
        }

        var result = GradCheck.Run(() => new Reinforce(entropyBonus: entropyBonus).Surrogate(zeros(B, float64), Attended(), costs: costs), [scores]);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void Where_nothing_was_left_to_chance_the_surrogate_is_the_mean_loss_and_the_gradient_plain_backpropagation()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        foreach (var read in new Read[] { new Expected(), new MostLikely() })
        {
            var (scores, values) = (Draw.Leaf(1, B, T, N), Draw.Leaf(2, B, N, 5));
            Tensor Losses(out AttentionResult attended)
            {
                attended = read.Take(softmax.call(scores, null), values, null);
                return attended.Context.square().sum([1, 2]);
            }

            var losses = Losses(out var attended);
            var surrogate = new Reinforce(new LearnedBaseline(3), entropyBonus: 1).Surrogate(losses, attended, costs: zeros(B));
            surrogate.backward();
            var (scoresGradient, valuesGradient) = (scores.grad?.clone(), values.grad!.clone());
            (scores.grad, values.grad) = (null, null);
            Losses(out _).mean().backward();

            Assert.Equal(losses.mean().ToDouble(), surrogate.ToDouble());
            Assert.True(valuesGradient.Equals(values.grad!));
            Assert.Equal(read is MostLikely, scoresGradient is null);
            if (scoresGradient is not null) Assert.True(scoresGradient.Equals(scores.grad!));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    public void Costs_train_the_choice_in_place_of_the_losses(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var costs = tensor(new double[] { 1, 0, 0, 1 });
        Tensor Gradient(Tensor losses, Tensor? given)
        {
            var scores = Draw.Leaf(1, B, T, N);
            new Reinforce(new MovingAverage()).Surrogate(losses, Drawn(scores), costs: given).backward();
            return scores.grad!;
        }

        var gradient = Gradient(full(B, 100.0, float64), costs.to(dtype));

        Assert.True(gradient.Equals(Gradient(costs, null)));
        Assert.Equal(0, gradient[1].abs().sum().ToDouble());
        Assert.NotEqual(0, gradient[0].abs().sum().ToDouble());
    }

    [Fact]
    public void Losses_are_trained_beside_costs()
    {
        using var scope = NewDisposeScope();
        var weight = Draw.Leaf(5, B);

        new Reinforce().Surrogate(weight.square(), Drawn(Draw.Leaf(1, B, T, N)), costs: zeros(B)).backward();

        Assert.True(weight.grad!.allclose(2 * weight / B, 1e-12, 1e-12));
    }

    [Fact]
    public void A_row_without_any_location_teaches_the_score_nothing()
    {
        using var scope = NewDisposeScope();
        var scores = Draw.Leaf(1, B, T, N);
        var mask = ones(B, N, @bool);
        mask[2] = tensor(false);

        new Reinforce(entropyBonus: 0.1).Surrogate(tensor(new[] { 1.0, 2, 3, 4 }), Drawn(scores, mask)).backward();

        Assert.True(scores.grad!.isfinite().all().ToBoolean());
        Assert.Equal(0, scores.grad[2].abs().sum().ToDouble());
        Assert.NotEqual(0, scores.grad[1].abs().sum().ToDouble());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_errors_that_name_the_tensor()
    {
        using var scope = NewDisposeScope();
        var attended = Drawn(Draw.Leaf(1, B, T, N));
        string Message(Tensor losses, Tensor? costs = null, Baseline? baseline = null) =>
            Assert.Throws<ArgumentException>(() => new Reinforce(baseline).Surrogate(losses, attended, costs: costs)).Message;

        Assert.StartsWith("Losses has shape [], expected [B].", Message(zeros([])), StringComparison.Ordinal);
        Assert.StartsWith("LogProbability has shape [4, 2], expected [3, T].", Message(zeros(B - 1)), StringComparison.Ordinal);
        Assert.StartsWith("Costs has shape [4, 1], expected [4].", Message(zeros(B), zeros(B, 1)), StringComparison.Ordinal);
        Assert.StartsWith("advantage has shape [4, 4], expected [1, 4].", Message(zeros(B), baseline: new ColumnBaseline()), StringComparison.Ordinal);
        Assert.Equal("features", Assert.Throws<ArgumentNullException>(() => new Reinforce(new LearnedBaseline(3)).Surrogate(zeros(B), attended)).ParamName);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void An_entropy_bonus_below_zero_is_an_error_and_changes_nothing(double bonus)
    {
        using var estimator = new Reinforce(entropyBonus: 0.2);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Reinforce(entropyBonus: bonus));
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.EntropyBonus = bonus);
        Assert.Equal(0.2, estimator.EntropyBonus);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("moving average")]
    [InlineData("learned")]
    public void No_tensor_is_left_after_a_forward_and_a_backward_pass(string baseline)
    {
        using var scope = NewDisposeScope();
        var estimator = new Reinforce(baseline switch { "none" => null, "learned" => new LearnedBaseline(3), _ => new MovingAverage() }, entropyBonus: 0.1);
        var (scores, features, losses) = (Draw.Normal(1, [B, T, N], ScalarType.Float32).requires_grad_(), zeros(B, 3), ones(B));
        var attended = Drawn(scores);
        void Pass()
        {
            estimator.Surrogate(losses, Drawn(scores), features).backward();
            estimator.zero_grad();
            scores.grad = null;
        }

        Pass();

        Assert.Equal(1, LiveTensors.HandedOverBy(() => estimator.Surrogate(losses, attended, features)));
        Assert.Equal(0, LiveTensors.LeftBy(() => Enumerable.Range(0, 10).ToList().ForEach(_ => Pass())));
    }

    private static AttentionResult Drawn(Tensor scores, Tensor? mask = null)
    {
        using var generator = new Generator(1);
        using var softmax = new Softmax();
        return new Sampled().Take(softmax.call(scores, mask), zeros(scores.shape[0], scores.shape[2], 1, scores.dtype), generator);
    }

    [Fact]
    public void Steps_with_a_loss_of_their_own_are_judged_by_it_alone_and_the_gradient_is_exact_on_the_average()
    {
        using var scope = NewDisposeScope();
        // One example of two steps with three locations: nine pairs of choices, each with its probability.
        var scores = Draw.Leaf(1, 1, 2, 3);
        var costs = Draw.Normal(2, [1, 2, 3]);
        var pairs = Enumerable.Range(0, 9).Select(i => tensor([i / 3L, i % 3L], [1, 2, 1])).ToArray();
        Outcome Of(Tensor choice, bool stepByStep)
        {
            Tensor At(Tensor table) => table.gather(2, choice).squeeze(-1);
            var losses = At(costs * (1 + scores));
            return new Outcome(stepByStep ? losses : losses.sum([1])) { LogProbability = At(scores.log_softmax(-1)) };
        }

        Tensor Gradient(Tensor surrogate) => autograd.grad([surrogate], [scores])[0];
        var probabilities = pairs.Select(choice => Of(choice, true).LogProbability!.sum().exp().ToDouble()).ToArray();
        (Tensor Mean, double Spread) Moments(bool stepByStep)
        {
            var each = pairs.Select(choice => Gradient(new Reinforce().Surrogate(_ => Of(choice, stepByStep)))).ToArray();
            var mean = each.Zip(probabilities).Select(pair => pair.First * pair.Second).Aggregate((a, b) => a + b);
            return (mean, each.Zip(probabilities).Sum(pair => (pair.First - mean).square().sum().ToDouble() * pair.Second));
        }

        var exact = Gradient((scores.softmax(-1) * costs * (1 + scores)).sum());
        var (apart, together) = (Moments(stepByStep: true), Moments(stepByStep: false));

        Assert.True(exact.allclose(apart.Mean, 1e-10, 1e-12));
        Assert.True(exact.allclose(together.Mean, 1e-10, 1e-12));
        Assert.True(apart.Spread < together.Spread, $"{apart.Spread} step by step, {together.Spread} together");
    }

    [Fact]
    public void Steps_with_a_loss_of_their_own_have_features_of_their_own()
    {
        using var scope = NewDisposeScope();
        using var estimator = new Reinforce(new LearnedBaseline(5));
        var logProbability = Draw.Normal(1, [2, 3], float32);
        Tensor Surrogate(Tensor features) => estimator.Surrogate(_ => new Outcome(ones(2, 3)) { LogProbability = logProbability, Features = features });

        Assert.Empty(Surrogate(Draw.Normal(2, [2, 3, 5], float32)).shape);
        Assert.StartsWith("Features has shape [2, 5], expected [2, 3, F].", Assert.Throws<ArgumentException>(() => Surrogate(Draw.Normal(2, [2, 5], float32))).Message, StringComparison.Ordinal);
        // Without a choice: the mean over examples of the sum over steps.
        Assert.Equal(3, estimator.Surrogate(_ => new Outcome(ones(2, 3))).ToDouble(), 6);
    }

    private sealed class ColumnBaseline() : Baseline(nameof(ColumnBaseline))
    {
        public override Expectation forward(Trial trial) => new(trial.Costs.transpose(0, 1));
    }
}
