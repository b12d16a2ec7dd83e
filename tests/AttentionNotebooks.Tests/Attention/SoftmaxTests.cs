using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SoftmaxTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void Weights_are_the_formula(double temperature)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax(temperature);
        var scores = Draw.Normal(1, [2, 3, 4]);

        var (weights, logWeights) = softmax.Locate(scores, null);

        var row = scores[1, 2].data<double>().ToArray();
        var total = row.Sum(e => Math.Exp(e / temperature));
        for (var n = 0; n < 4; n++)
        {
            Assert.Equal(Math.Exp(row[n] / temperature) / total, weights[1, 2, n].ToDouble(), 12);
            Assert.Equal(row[n] / temperature - Math.Log(total), logWeights[1, 2, n].ToDouble(), 12);
        }
    }

    [Theory]
    [InlineData(0.5, "none")]
    [InlineData(1, "none")]
    [InlineData(3, "none")]
    [InlineData(0.5, "[B, N]")]
    [InlineData(1, "[B, N]")]
    [InlineData(3, "[B, T, N]")]
    [InlineData(1, "[B, T, N]")]
    public void Gradients_agree_with_central_differences(double temperature, string maskShape)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax(temperature);
        var scores = Draw.Leaf(1, 3, 2, 5);
        var mask = Mask(maskShape);

        var weights = GradCheck.Run(() => softmax.Locate(scores, mask).Weights, [scores]);
        var logWeights = GradCheck.Run(() => Finite(softmax.Locate(scores, mask).LogWeights), [scores]);
        var entropy = GradCheck.Run(() => softmax.Locate(scores, mask).Entropy(), [scores]);

        Assert.True(weights.Within(1e-7), weights.ToString());
        Assert.True(logWeights.Within(1e-7), logWeights.ToString());
        Assert.True(entropy.Within(1e-7), entropy.ToString());
    }

    [Theory]
    [InlineData("[B, N]")]
    [InlineData("[B, T, N]")]
    public void A_masked_location_has_no_weight_and_the_others_share_it(string maskShape)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var scores = Draw.Normal(1, [3, 2, 5]);
        var mask = Mask(maskShape)!;
        var full = mask.dim() == 2 ? mask.unsqueeze(1).expand(3, 2, 5) : mask;

        var (weights, logWeights) = softmax.Locate(scores, mask);

        var allowed = full.to(float64);
        var expected = scores.exp() * allowed / (scores.exp() * allowed).sum(-1, keepdim: true).clamp_min(1e-300);
        Assert.True(weights.allclose(expected, 1e-12, 1e-12));
        Assert.Equal(0, weights.masked_select(full.logical_not()).abs().sum().ToDouble());
        Assert.True(logWeights.masked_select(full.logical_not()).eq(double.NegativeInfinity).all().ToBoolean(), "log 0 is −∞, in an empty row too");
        Assert.True(logWeights.masked_select(full).isfinite().all().ToBoolean());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void A_row_without_any_location_attends_to_nothing_and_leaves_the_others_alone(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var scores = Draw.Normal(1, [2, 2, 3], dtype).requires_grad_();
        var mask = tensor(new[] { false, false, false, true, true, false }, [2, 3]);

        var locations = softmax.Locate(scores, mask);
        (locations.Weights.sum() * 2 + locations.Entropy().sum() + (locations.Weights * locations.Weights).sum() + locations.LogProbability(zeros(2, 2, 1, int64))[1].sum()).backward();

        Assert.Equal(dtype, locations.Weights.dtype);
        Assert.Equal(0, locations.Weights[0].abs().sum().ToDouble());
        Assert.Equal(2, locations.Weights[1].sum().ToDouble(), 6);
        Assert.Equal(0, locations.Entropy()[0].abs().sum().ToDouble());
        Assert.True(scores.grad!.isfinite().all().ToBoolean());
        Assert.Equal(0, scores.grad[0].abs().sum().ToDouble());
        Assert.NotEqual(0, scores.grad[1].abs().sum().ToDouble());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Scores_far_apart_overflow_nowhere(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax(0.01);
        var scores = tensor(new double[] { 1e6, -1e6, 0 }, [1, 1, 3], dtype).requires_grad_();

        var locations = softmax.Locate(scores, null);
        locations.Entropy().sum().backward();

        Assert.Equal([1.0, 0.0, 0.0], locations.Weights.to(float64).data<double>().ToArray());
        Assert.Equal(0, locations.Entropy().ToDouble());
        Assert.True(scores.grad!.isfinite().all().ToBoolean());
    }

    [Fact]
    public void A_single_location_takes_all_and_has_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var scores = Draw.Leaf(1, 3, 2, 1);

        var locations = softmax.Locate(scores, null);
        (locations.Weights.sum() + locations.LogWeights.sum()).backward();

        Assert.True(locations.Weights.eq(1).all().ToBoolean());
        Assert.Equal(0, scores.grad!.abs().sum().ToDouble());
    }

    [Fact]
    public void An_empty_batch_has_empty_weights()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();

        Assert.Equal([0L, 2, 3], softmax.Locate(zeros(0, 2, 3), ones(0, 3, @bool)).Weights.shape);
    }

    [Fact]
    public void The_temperature_moves_from_one_location_to_all_alike()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var scores = Draw.Normal(1, [1, 1, 6]);
        var entropies = new List<double>();

        foreach (var temperature in new[] { 1e-3, 0.3, 1, 10, 1e6 })
        {
            softmax.Temperature = temperature;
            entropies.Add(softmax.Locate(scores, null).Entropy().ToDouble());
        }

        Assert.Equal(entropies.Order(), entropies);
        Assert.Equal(0, entropies[0], 9);
        Assert.Equal(Math.Log(6), entropies[^1], 9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_temperature_that_is_no_positive_number_is_an_error_and_changes_nothing(double temperature)
    {
        using var softmax = new Softmax(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Softmax(temperature));
        Assert.Throws<ArgumentOutOfRangeException>(() => softmax.Temperature = temperature);
        Assert.Equal(2, softmax.Temperature);
    }

    [Theory]
    [InlineData(new long[] { 2, 4 }, "mask has shape [2, 4], expected [2, 5].")]
    [InlineData(new long[] { 5 }, "mask has shape [5], expected [2, 3, 5].")]
    [InlineData(new long[] { 2, 1, 5 }, "mask has shape [2, 1, 5], expected [2, 3, 5].")]
    public void A_mask_of_another_shape_is_an_error_that_names_it(long[] shape, string message)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();

        var error = Assert.Throws<ArgumentException>(() => softmax.Locate(zeros(2, 3, 5), ones(shape, @bool)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_numbers_and_scores_of_two_dimensions_are_errors_that_name_them()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();

        var mask = Assert.Throws<ArgumentException>(() => softmax.Locate(zeros(2, 3, 5), ones(2, 5)));
        var scores = Assert.Throws<ArgumentException>(() => softmax.Locate(zeros(2, 5), null));

        Assert.StartsWith("mask has dtype Float32, expected Bool", mask.Message, StringComparison.Ordinal);
        Assert.StartsWith("scores has shape [2, 5], expected [B, T, N].", scores.Message, StringComparison.Ordinal);
    }

    // Row 0 is allowed in part, row 1 is empty (for one of the steps), row 2 is whole.
    private static Tensor? Mask(string shape) => shape switch
    {
        "[B, N]" => tensor(new[] { true, false, true, true, false, false, false, false, false, false, true, true, true, true, true }, [3, 5]),
        "[B, T, N]" => tensor(
            new[]
            {
                true, false, true, true, false, false, true, false, false, false,
                false, false, false, false, false, true, true, false, false, true,
                true, true, true, true, true, true, true, true, true, false,
            },
            [3, 2, 5]),
        _ => null,
    };

    private static Tensor Finite(Tensor logWeights) => logWeights.masked_fill(logWeights.isfinite().logical_not(), 0);
}
