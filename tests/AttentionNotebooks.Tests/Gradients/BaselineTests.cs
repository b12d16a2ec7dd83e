using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class BaselineTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void No_baseline_expects_zero(ScalarType dtype)
    {
        using var scope = NewDisposeScope();

        var expectation = new NoBaseline().Expect(ones(3, dtype), null);

        Assert.Equal(0, expectation.Value.ToDouble());
        Assert.Equal(dtype, expectation.Value.dtype);
        Assert.Null(expectation.Loss);
    }

    [Fact]
    public void The_moving_average_weighs_earlier_batches_by_its_decay_and_leaves_the_current_one_out()
    {
        using var scope = NewDisposeScope();
        using var baseline = new MovingAverage(0.9);

        var values = new[] { new[] { 8.0, 12 }, [20], [4, 4, 4], [0] }.Select(batch => baseline.Expect(tensor(batch), null).Value.ToDouble()).ToArray();

        // Nothing yet; 10; (0.9·10 + 20) / 1.9; (0.81·10 + 0.9·20 + 4) / 2.71.
        Assert.Equal(0, values[0]);
        Assert.Equal(10, values[1], 12);
        Assert.Equal(29 / 1.9, values[2], 12);
        Assert.Equal(30.1 / 2.71, values[3], 12);
    }

    [Fact]
    public void Without_decay_the_moving_average_is_the_batch_before()
    {
        using var scope = NewDisposeScope();
        using var baseline = new MovingAverage(0);

        var values = new[] { 3.0, -7, 5 }.Select(cost => baseline.Expect(tensor([cost]), null).Value.ToDouble());

        Assert.Equal([0, 3, -7], values);
    }

    [Fact]
    public void The_moving_average_has_the_costs_dtype_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var baseline = new MovingAverage();
        baseline.Expect(ones(2).requires_grad_(), null);

        var value = baseline.Expect(ones(2).requires_grad_(), null).Value;

        Assert.Equal(float32, value.dtype);
        Assert.False(value.requires_grad);
        Assert.Empty(baseline.parameters());
    }

    [Fact]
    public void The_moving_average_is_saved_and_loaded_with_its_estimator()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "estimator.dat");
        var (saved, loaded) = (new MovingAverage(), new MovingAverage());
        saved.Expect(tensor([5.0]), null);
        saved.Expect(tensor([7.0]), null);

        new Reinforce(saved).save(path);
        new Reinforce(loaded).load(path);

        Assert.Equal(["baseline.sum", "baseline.weight"], new Reinforce(saved).state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(saved.Expect(tensor([1.0]), null).Value.ToDouble(), loaded.Expect(tensor([1.0]), null).Value.ToDouble());
        Assert.Equal(saved.Expect(tensor([1.0]), null).Value.ToDouble(), loaded.Expect(tensor([1.0]), null).Value.ToDouble());
    }

    [Fact]
    public void The_moving_average_still_learns_and_is_still_saved_after_a_change_of_dtype()
    {
        using var scope = NewDisposeScope();
        using var baseline = new MovingAverage(0.5);
        baseline.Expect(tensor([4.0]), null);

        baseline.to(float32);
        baseline.Expect(tensor([8.0]), null);

        Assert.Equal(20.0 / 3, baseline.Expect(tensor([0.0]), null).Value.ToDouble(), 5);
        Assert.Equal(0.875, baseline.state_dict()["weight"].ToDouble(), 6);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_decay_outside_its_range_is_an_error(double decay) => Assert.Throws<ArgumentOutOfRangeException>(() => new MovingAverage(decay));

    [Fact]
    public void The_learned_baseline_s_loss_has_the_gradients_of_central_differences()
    {
        using var scope = NewDisposeScope();
        var baseline = Draw.Weights(new LearnedBaseline(3, 5), 1);
        var (costs, features) = (Draw.Normal(2, [6]), Draw.Normal(3, [6, 3]));

        var loss = GradCheck.Run(baseline, () => baseline.Expect(costs, features).Loss!);
        var value = GradCheck.Run(baseline, () => baseline.Expect(costs, features).Value);

        Assert.True(loss.Within(1e-7), loss.ToString());
        Assert.True(value.Within(1e-7), value.ToString());
        Assert.Equal(3 * 5 + 5 + 5 + 1, loss.Checked);
    }

    [Fact]
    public void The_learned_baseline_learns_the_expected_cost_of_each_example()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var baseline = new LearnedBaseline(2, 16);
        Initialization.Draw(baseline, generator);
        using var optimizer = optim.Adam(baseline.parameters(), 0.02);
        Expectation Expect(out Tensor wanted)
        {
            var features = randn(64, 2, generator: generator);
            wanted = 5 + 2 * features.select(1, 0);
            return baseline.Expect(wanted + randn(64, generator: generator), features);
        }

        for (var step = 0; step < 300; step++)
        {
            using var stepScope = NewDisposeScope();
            optimizer.zero_grad();
            Expect(out _).Loss!.backward();
            optimizer.step();
        }

        var error = (Expect(out var wanted).Value - wanted).square().mean().ToDouble();
        Assert.True(error < 0.4, $"mean squared error {error}; the costs' own variance is 5");
    }

    [Fact]
    public void No_gradient_leaves_the_learned_baseline_for_the_features()
    {
        using var scope = NewDisposeScope();
        var features = Draw.Normal(1, [4, 3], ScalarType.Float32).requires_grad_();
        using var baseline = new LearnedBaseline(3);

        var (value, loss) = baseline.Expect(ones(4), features);
        (value.sum() + loss!).backward();

        Assert.Null(features.grad);
        Assert.All(baseline.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.Equal([4L], value.shape);
    }

    [Fact]
    public void The_learned_baseline_s_errors_name_the_tensor()
    {
        using var scope = NewDisposeScope();
        using var baseline = new LearnedBaseline(3);

        Assert.Equal("features", Assert.Throws<ArgumentNullException>(() => baseline.Expect(ones(4), null)).ParamName);
        Assert.StartsWith("features has shape [4, 2], expected [4, 3].", Assert.Throws<ArgumentException>(() => baseline.Expect(ones(4), zeros(4, 2))).Message, StringComparison.Ordinal);
        Assert.StartsWith("costs has shape [1, 4, 1], expected [K, B].", Assert.Throws<ArgumentException>(() => baseline.Expect(ones(4, 1), zeros(4, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedBaseline(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedBaseline(3, 0));
    }

    [Fact]
    public void What_a_baseline_holds_outlives_the_scope_it_was_made_in()
    {
        MovingAverage movingAverage;
        LearnedBaseline learned;
        using (NewDisposeScope()) (movingAverage, learned) = (new MovingAverage(), new LearnedBaseline(3));
        using var scope = NewDisposeScope();

        movingAverage.Expect(ones(2), null);
        Assert.Equal(1, movingAverage.Expect(ones(2), null).Value.ToSingle(), 6);
        Assert.True(double.IsFinite(learned.Expect(ones(2), zeros(2, 3)).Loss!.ToSingle()));
        movingAverage.Dispose();
        learned.Dispose();
    }

    [Fact]
    public void Nothing_is_handed_over_but_the_expectation()
    {
        using var scope = NewDisposeScope();
        var (costs, features) = (ones(4), zeros(4, 3));
        var (none, movingAverage, learned) = (new NoBaseline(), new MovingAverage(), new LearnedBaseline(3));

        Assert.Equal(1, LiveTensors.HandedOverBy(() => none.Expect(costs, features)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => movingAverage.Expect(costs, features)));
        Assert.Equal(2, LiveTensors.HandedOverBy(() => learned.Expect(costs, features)));
    }
}
