using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class CategoricalTests
{
    private const int Draws = 40_000;

    public static TheoryData<double[]> Distributions =>
    [
        [0.25, 0.25, 0.25, 0.25],
        [0.7, 0.2, 0.1],
        [0, 0.5, 0, 0.3, 0.2, 0],
        [0.001, 0.999],
        [1],
        [0, 1, 0],
    ];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Frequencies_fit_the_distribution(double[] probabilities)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);

        var choices = Of(probabilities, Draws, 1).Sample(generator).Choice;

        var p = ChiSquare.GoodnessOfFit(ChiSquare.Counts(choices, probabilities.Length), probabilities);
        Assert.True(p > 1e-3, $"p = {p}");
    }

    [Theory]
    [InlineData(0.5, ScalarType.Float32)]
    [InlineData(1, ScalarType.Float64)]
    [InlineData(3, ScalarType.Float32)]
    public void Frequencies_fit_a_masked_softmax_of_any_temperature(double temperature, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        using var softmax = new Softmax(temperature);
        double[] scores = [1, -0.5, 2, 0.3, 0];
        bool[] allowed = [true, true, false, true, true];
        var unnormalised = scores.Select((e, n) => allowed[n] ? Math.Exp(e / temperature) : 0).ToArray();

        var choices = softmax.Locate(tensor(scores, dtype).expand(Draws, 1, 5), tensor(allowed).expand(Draws, 5)).Sample(generator).Choice;

        var p = ChiSquare.GoodnessOfFit(ChiSquare.Counts(choices, 5), [.. unnormalised.Select(weight => weight / unnormalised.Sum())]);
        Assert.True(p > 1e-3, $"p = {p}");
    }

    [Fact]
    public void The_test_of_frequencies_sees_a_distribution_that_is_off_by_a_twentieth()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);

        var choices = Of([0.26, 0.25, 0.25, 0.24], Draws, 1).Sample(generator).Choice;

        Assert.True(ChiSquare.GoodnessOfFit(ChiSquare.Counts(choices, 4), [0.25, 0.25, 0.25, 0.25]) < 1e-3);
    }

    [Fact]
    public void Rows_and_steps_are_drawn_independently()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var choices = Of([0.5, 0.3, 0.2], Draws, 2).Sample(generator).Choice.squeeze(-1);
        var (steps, rows) = (new long[3, 3], new long[3, 3]);

        var z = choices.data<long>().ToArray();
        for (var i = 0; i < Draws; i++)
        {
            steps[z[2 * i], z[2 * i + 1]]++;
            if (i % 2 == 1) rows[z[2 * i - 2], z[2 * i]]++;
        }

        Assert.InRange(ChiSquare.Independence(steps), 1e-3, 1);
        Assert.InRange(ChiSquare.Independence(rows), 1e-3, 1);
    }

    [Fact]
    public void A_location_without_weight_is_never_drawn_however_small_the_others_are()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        double[] weights = [0, 1e-300, 0, 0, 1e-308, 5e-324, 0, 0];

        var counts = ChiSquare.Counts(Of(weights, Draws, 1).Sample(generator).Choice, weights.Length);

        Assert.Equal(0, counts[0] + counts[2] + counts[3] + counts[6] + counts[7]);
        Assert.Equal(Draws, counts.Sum());
    }

    [Fact]
    public void The_same_state_draws_the_same_and_another_seed_draws_otherwise()
    {
        using var scope = NewDisposeScope();
        var locations = Of([0.5, 0.3, 0.2], 100, 2);
        Tensor Drawn(ulong seed)
        {
            using var generator = new Generator(seed);
            return locations.Sample(generator).Choice;
        }

        Assert.True(Drawn(5).Equals(Drawn(5)));
        Assert.False(Drawn(5).Equals(Drawn(6)));
    }

    [Fact]
    public void A_draw_does_not_touch_the_global_generator()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var locations = Of([0.5, 0.5], 10, 1);
        var before = random.get_rng_state();

        _ = locations.Sample(generator).Choice;

        Assert.True(before.Equals(random.get_rng_state()));
    }

    [Fact]
    public void Nothing_is_drawn_where_nothing_has_weight()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(8);
        var locations = Of([0, 0, 0], 4, 2);

        Assert.True(locations.Sample(generator).Choice.eq(Categorical.Nothing).all().ToBoolean());
        Assert.True(locations.Mode().Choice.eq(Categorical.Nothing).all().ToBoolean());
        Assert.Equal(0, locations.LogProbability(locations.Mode().Choice).abs().sum().ToDouble());
        Assert.Equal(0, locations.Entropy().abs().sum().ToDouble());
    }

    [Fact]
    public void The_mode_is_the_first_of_equals()
    {
        using var scope = NewDisposeScope();
        double[][] rows = [[0.1, 0.4, 0.1, 0.4], [0.25, 0.25, 0.25, 0.25], [0, 0, 0.5, 0.5], [0, 0, 0, 1]];

        var modes = rows.Select(row => Of(row, 1, 1).Mode().Choice.ToInt64());

        Assert.Equal([1L, 0, 2, 3], modes);
        Assert.True(Of([.. Enumerable.Repeat(1.0 / 1000, 1000)], 3, 2).Mode().Choice.eq(0).all().ToBoolean());
    }

    [Fact]
    public void Choices_are_integers_of_shape_B_T_1_without_gradient()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        using var softmax = new Softmax();
        var locations = softmax.Locate(Draw.Leaf(1, 2, 3, 4), null);

        foreach (var choice in new[] { locations.Sample(generator).Choice, locations.Mode().Choice })
        {
            Assert.Equal([2L, 3, 1], choice.shape);
            Assert.Equal(int64, choice.dtype);
            Assert.False(choice.requires_grad);
        }
    }

    [Fact]
    public void Log_probability_is_the_log_of_the_chosen_weight()
    {
        using var scope = NewDisposeScope();
        var locations = Of([0.5, 0.3, 0.2], 3, 1);

        var logs = locations.LogProbability(tensor(new[] { 2L, Categorical.Nothing, 0 }, [3, 1, 1]));

        Assert.Equal([3L, 1], logs.shape);
        Assert.Equal([Math.Log(0.2), 0, Math.Log(0.5)], logs.data<double>().ToArray());
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, 0.693147180559945)]
    [InlineData(new[] { 0.25, 0.25, 0.25, 0.25 }, 1.386294361119891)]
    [InlineData(new[] { 0.0, 0.5, 0.5 }, 0.693147180559945)]
    [InlineData(new[] { 1.0, 0.0 }, 0)]
    public void Entropy_is_in_nats(double[] probabilities, double nats)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(nats, Of(probabilities, 1, 1).Entropy().ToDouble(), 12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_of_log_probability_and_entropy_agree_with_central_differences(bool masked)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax(0.7);
        var scores = Draw.Leaf(1, 3, 2, 4);
        // The last row is empty: nothing is chosen there.
        var mask = masked ? tensor(new[] { true, false, true, true, true, true, true, true, false, false, false, false }, [3, 4]) : null;
        var choice = tensor(new[] { 0L, 2, 1, 3, masked ? -1 : 0, masked ? -1 : 0 }, [3, 2, 1]);

        var logs = GradCheck.Run(() => softmax.Locate(scores, mask).LogProbability(choice), [scores]);
        var entropy = GradCheck.Run(() => softmax.Locate(scores, mask).Entropy(), [scores]);

        Assert.True(logs.Within(1e-7), logs.ToString());
        Assert.True(entropy.Within(1e-7), entropy.ToString());
    }

    [Fact]
    public void A_choice_of_another_shape_and_a_missing_generator_are_errors_that_name_them()
    {
        using var scope = NewDisposeScope();
        var locations = Of([0.5, 0.5], 3, 2);

        var choice = Assert.Throws<ArgumentException>(() => locations.LogProbability(zeros(3, 2, int64)));
        var generator = Assert.Throws<ArgumentNullException>(() => locations.Sample(null!).Choice);

        Assert.StartsWith("choice has shape [3, 2], expected [3, 2, 1].", choice.Message, StringComparison.Ordinal);
        Assert.Equal("generator", generator.ParamName);
    }

    private static Categorical Of(double[] probabilities, long batch, long steps)
    {
        var weights = tensor(probabilities).expand(batch, steps, probabilities.Length);
        return new Categorical(weights, weights.log());
    }
}
