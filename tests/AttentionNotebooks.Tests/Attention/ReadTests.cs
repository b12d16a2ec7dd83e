using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>The reads between soft and hard.</summary>
public class ReadTests
{
    private const long B = 2, T = 2, N = 5, D = 3;

    [Fact]
    public void Top_k_mixes_the_k_of_greatest_weight_and_computes_no_other()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var (scores, values) = (Draw.Normal(1, [B, T, N]), Draw.Normal(2, [B, N, D]));
        var locations = softmax.call(scores, null);
        long[]? asked = null;
        var lazy = Values.Lazy(() => throw new InvalidOperationException("All() was called."), index =>
        {
            asked = index.shape;
            return Values.FromTensor(values).At(index);
        });

        var result = new TopK(2).Take(locations, lazy, null);

        Assert.Equal([B, T * 2], asked!);
        for (var (b, t) = (0, 0); b < B; (b, t) = t == 0 ? (b, 1) : (b + 1, 0))
        {
            var order = locations.Weights[b, t].data<double>().ToArray().Select((weight, n) => (weight, n)).OrderByDescending(pair => pair.weight).Take(2).ToArray();
            var mean = order.Select(pair => values[b, pair.n] * pair.weight).Aggregate((x, y) => x + y) / order.Sum(pair => pair.weight);
            Assert.True(result.Context[b, t].allclose(mean, 0, 1e-13));
            Assert.Equal(order.Select(pair => (long)pair.n), result.Choice![b, t].data<long>().ToArray());
        }

        Assert.Null(result.LogProbability);
    }

    [Fact]
    public void Top_1_reads_as_most_likely_does_and_top_n_as_expected()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var locations = softmax.call(Draw.Normal(1, [B, T, N]), null);
        Values values = Draw.Normal(2, [B, N, D]);

        Assert.True(new TopK(1).Take(locations, values, null).Context.allclose(new MostLikely().Take(locations, values, null).Context, 0, 1e-14));
        Assert.True(new TopK(9).Take(locations, values, null).Context.allclose(new Expected().Take(locations, values, null).Context, 0, 1e-13));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Top_k_and_gumbel_softmax_have_the_gradients_of_central_differences(bool topK)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var (scores, values) = (Draw.Leaf(1, B, T, N), Draw.Leaf(2, B, N, D));
        var mask = tensor([true, true, false, true, true, true, true, true, true, false], [B, N]);
        Read read = topK ? new TopK(2) : new GumbelSoftmax(0.7);

        var result = GradCheck.Run(() => read.Take(softmax.call(scores, mask), values, new Generator(3)).Context, [scores, values]);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    public void The_largest_of_a_gumbel_softmax_is_a_draw_from_the_weights(double temperature)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        const int Draws = 40_000;
        var scores = tensor([0.5, -1.0, 2.0, 0.0, 1.0], [1, 1, N]).expand(1, Draws, N);
        var locations = softmax.call(scores, tensor([true, true, true, false, true], [1, N]));

        // With the unit vectors as values, the context is the relaxed draw itself.
        var relaxed = new GumbelSoftmax(temperature).Take(locations, eye(N, dtype: float64).unsqueeze(0), new Generator(5)).Context;

        Assert.True((relaxed.sum(-1) - 1).abs().max().ToDouble() < 1e-12);
        var counts = ChiSquare.Counts(relaxed.argmax(-1), (int)N);
        var probabilities = locations.Weights[0, 0].data<double>().ToArray();
        Assert.Equal(0, counts[3]);
        for (var n = 0; n < N; n++)
        {
            var deviation = Math.Sqrt(Draws * probabilities[n] * (1 - probabilities[n]));
            Assert.True(Math.Abs(counts[n] - Draws * probabilities[n]) <= 4 * deviation, $"location {n}: {counts[n]} of {Draws}, expected {Draws * probabilities[n]:F0} ± {deviation:F0}");
        }
    }

    [Fact]
    public void Straight_through_reads_one_location_and_passes_the_gradient_of_the_mean()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var values = Draw.Normal(2, [B, N, D]);
        var (hard, soft) = (Draw.Leaf(1, B, T, N), Draw.Leaf(1, B, T, N));
        var weights = Draw.Normal(4, [B, T, D]);

        var result = new StraightThrough().Take(softmax.call(hard, null), values, new Generator(3));
        (result.Context * weights).sum().backward();
        (new Expected().Take(softmax.call(soft, null), values, null).Context * weights).sum().backward();

        var chosen = Values.FromTensor(values).At(result.Choice!.squeeze(-1));
        Assert.True(result.Context.allclose(chosen, 0, 1e-14));
        Assert.True(hard.grad!.allclose(soft.grad!, 0, 1e-14));
    }

    [Fact]
    public void Mixed_reads_the_mean_or_a_drawn_location_as_often_as_it_is_told()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        const int Queries = 20_000;
        var locations = softmax.call(Draw.Normal(1, [1, 1, N]).expand(1, Queries, N), null);
        var values = Draw.Normal(2, [1, N, D]);

        var result = new Mixed(0.3).Take(locations, values, new Generator(7));

        var softly = result.Choice! < 0;
        var drawn = Queries - softly.sum().ToInt64();
        Assert.True(Math.Abs(drawn - 0.3 * Queries) < 4 * Math.Sqrt(Queries * 0.3 * 0.7), $"{drawn} drawn");
        var mean = new Expected().Take(locations, values, null).Context;
        var chosen = values.expand(1, N, D).gather(1, result.Choice!.clamp_min(0).expand(1, Queries, D));
        Assert.True(result.Context.allclose(where(softly, mean, chosen), 0, 1e-13));
        Assert.Equal(0, result.LogProbability!.masked_select(softly.squeeze(-1)).abs().sum().ToDouble());
        Assert.True(result.LogProbability!.masked_select(softly.squeeze(-1).logical_not()).lt(0).all().ToBoolean());
    }

    [Fact]
    public void Mixed_at_its_ends_is_soft_or_hard()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var locations = softmax.call(Draw.Normal(1, [B, T, N]), null);
        var values = Draw.Normal(2, [B, N, D]);

        Assert.True(new Mixed(0).Take(locations, values, new Generator(1)).Context.allclose(new Expected().Take(locations, values, null).Context, 0, 1e-14));
        var (mixed, sampled) = (new Mixed(1).Take(locations, values, new Generator(1)), new Sampled().Take(locations, values, new Generator(1)));
        Assert.True(mixed.Choice!.eq(sampled.Choice!).all().ToBoolean());
        Assert.True(mixed.Context.allclose(sampled.Context, 0, 0));
    }

    [Fact]
    public void Without_replacement_draws_sequences_as_often_as_their_log_probability_says_and_mixes_by_weight()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        const int Queries = 40_000;
        var locations = softmax.call(tensor([0.5, -1.0, 2.0, 0.0, 1.0], [1, 1, N]).expand(1, Queries, N), tensor([true, true, true, false, true], [1, N]));

        var result = new WithoutReplacement(2).Take(locations, eye(N, dtype: float64).unsqueeze(0), new Generator(5));

        var p = locations.Weights[0, 0].data<double>().ToArray();
        var counts = ChiSquare.Counts(result.Choice!.select(-1, 0) * N + result.Choice!.select(-1, 1), (int)(N * N));
        for (var code = 0; code < N * N; code++)
        {
            var (first, second) = (code / (int)N, code % (int)N);
            var probability = first == second ? 0 : p[first] * p[second] / (1 - p[first]);
            Assert.True(Math.Abs(counts[code] - probability * Queries) <= 4 * Math.Sqrt(Queries * probability * (1 - probability)), $"{first}, {second}: {counts[code]}, expected {probability * Queries}");
        }

        for (var t = 0; t < 100; t++)
        {
            var (first, second) = ((int)result.Choice![0, t, 0].ToInt64(), (int)result.Choice![0, t, 1].ToInt64());
            Assert.Equal(Math.Log(p[first] * p[second] / (1 - p[first])), result.LogProbability![0, t].ToDouble(), 12);
            Assert.Equal(p[first] / (p[first] + p[second]), result.Context[0, t, first].ToDouble(), 12);
        }
    }

    [Fact]
    public void Without_replacement_at_its_ends_is_sampled_or_expected()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var locations = softmax.call(Draw.Normal(1, [B, T, N]), null);
        Values values = Draw.Normal(2, [B, N, D]);

        var one = new WithoutReplacement(1).Take(locations, values, new Generator(1));
        var all = new WithoutReplacement(9).Take(locations, values, new Generator(1));

        Assert.True(one.Context.allclose(new Chosen(one.Choice!).Take(locations, values, null).Context, 0, 1e-14));
        Assert.True(one.LogProbability!.allclose(locations.LogProbability(one.Choice!)!, 0, 1e-14));
        Assert.True(all.Context.allclose(new Expected().Take(locations, values, null).Context, 0, 1e-13));
    }

    [Fact]
    public void Where_fewer_locations_have_weight_than_are_drawn_the_rest_is_nothing_and_certain()
    {
        using var scope = NewDisposeScope();
        using var sparsemax = new Sparsemax();
        var scores = tensor([5.0, 4.5, -9, -9, -9], [1, 1, N]).requires_grad_();

        var result = new WithoutReplacement(4).Take(sparsemax.call(scores, null), Draw.Normal(2, [1, N, D]), new Generator(1));
        (result.Context.sum() + result.LogProbability!.sum()).backward();

        Assert.Equal(2, (result.Choice! >= 0).sum().ToInt64());
        var first = result.Choice![0, 0, 0].ToInt64();
        Assert.Equal(Math.Log(first == 0 ? 0.75 : 0.25), result.LogProbability!.ToDouble(), 12);
        Assert.True(scores.grad!.isfinite().all().ToBoolean());
    }

    [Fact]
    public void The_log_probability_of_a_draw_without_replacement_has_the_gradients_of_central_differences()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var scores = Draw.Leaf(1, B, T, N);

        var result = GradCheck.Run(() => new WithoutReplacement(3).Take(softmax.call(scores, null), Draw.Normal(2, [B, N, D]), new Generator(3)).LogProbability!, [scores]);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void Given_locations_are_read_as_if_they_had_been_drawn_and_a_masked_one_is_not()
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var mask = tensor([true, true, false, true, true, true, true, true, true, true], [B, N]);
        var locations = softmax.call(Draw.Normal(1, [B, T, N]), mask);
        var values = Draw.Normal(2, [B, N, D]);

        var result = new Chosen(tensor([2L, 1, 3, 3], [B, T, 1])).Take(locations, values, null);

        Assert.Equal([Locations.Nothing, 1, 3, 3], result.Choice!.flatten().data<long>().ToArray());
        Assert.Equal(0, result.Context[0, 0].abs().sum().ToDouble());
        Assert.True(result.Context[0, 1].Equals(values[0, 1]) && result.Context[1, 0].Equals(values[1, 3]));
        Assert.Equal(Math.Log(locations.Weights[1, 0, 3].ToDouble()), result.LogProbability![1, 0].ToDouble(), 12);
        Assert.StartsWith("choice has shape [2, 2], expected [B, T, K].", Assert.Throws<ArgumentException>(() => new Chosen(zeros(2, 2, int64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_out_of_its_range_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WithoutReplacement(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopK(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GumbelSoftmax(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GumbelSoftmax(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mixed(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mixed(double.NaN));
    }
}
