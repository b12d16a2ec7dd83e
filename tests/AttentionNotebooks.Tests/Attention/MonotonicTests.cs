using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Monotonic attention and its chunks: the recurrence against loops, against the process itself, and where the usual formula breaks.</summary>
public class MonotonicTests
{
    private const long B = 2, T = 3, N = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void The_recurrence_solved_by_doubling_is_the_one_solved_in_a_loop(int length)
    {
        using var scope = NewDisposeScope();
        var (ratios, starts) = (Draw.Normal(1, [B, length]).sigmoid(), Draw.Normal(2, [B, length]).sigmoid());

        var solved = LinearRecurrence.Solve(ratios, starts);

        var q = zeros(B, float64);
        for (var n = 0; n < length; n++)
        {
            q = ratios.select(1, n) * q + starts.select(1, n);
            Assert.True(solved.select(1, n).allclose(q, 0, 1e-13));
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [InlineData(false, 9)]
    public void Weights_are_those_of_the_definition(bool masked, int width)
    {
        using var scope = NewDisposeScope();
        using Monotonic distribution = width == 1 ? new Monotonic() : new Mocha(width);
        var pair = Draw.Normal(1, [B, T, N, 2]);
        var mask = masked ? tensor([true, false, true, true, false, true, true, true, false, true], [B, N]) : ones(B, N, @bool);

        var weights = distribution.call(width == 1 ? pair.select(-1, 0) : pair, mask).Weights;

        for (var b = 0; b < B; b++)
        {
            double[] Row(int t, int which) => pair[b, t].select(-1, which).data<double>().ToArray();
            var allowed = mask[b].data<bool>().ToArray();
            var previous = new double[N];
            previous[0] = 1;
            for (var t = 0; t < T; t++)
            {
                var stops = Stops(Row(t, 0), allowed, previous);
                var expected = Chunks(stops, Row(t, 1), allowed, width);
                for (var n = 0; n < N; n++) Assert.Equal(expected[n], weights[b, t, n].ToDouble(), 12);
                previous = stops;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gradients_agree_with_central_differences_masked_and_not(int width)
    {
        using var scope = NewDisposeScope();
        using Monotonic distribution = width == 1 ? new Monotonic() : new Mocha(width);
        var scores = width == 1 ? Draw.Leaf(1, B, T, N) : Draw.Leaf(1, B, T, N, 2);
        var mask = tensor([true, false, true, true, false, false, false, false, false, false], [B, N]);

        foreach (var given in new[] { null, mask })
        {
            var weights = GradCheck.Run(() => distribution.call(scores, given).Weights, [scores]);
            var entropy = GradCheck.Run(() => distribution.call(scores, given).Entropy()!, [scores]);
            Assert.True(weights.Within(1e-7), weights.ToString());
            Assert.True(entropy.Within(1e-6), entropy.ToString());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1)]
    [InlineData(ScalarType.Float64, 1)]
    [InlineData(ScalarType.Float32, 4)]
    public void A_thousand_locations_and_sure_stops_give_finite_gradients_and_a_sum_of_at_most_one(ScalarType dtype, int width)
    {
        using var scope = NewDisposeScope();
        using Monotonic distribution = width == 1 ? new Monotonic() : new Mocha(width);
        foreach (var scale in new[] { 1.0, 30, 1000 })
        {
            var scores = (Draw.Normal(1, [2, 20, 1000]) * scale).to(dtype).requires_grad_();

            var locations = (Categorical)distribution.call(scores, null);
            (locations.Weights * torch.arange(1000)).sum().backward();

            Assert.True(locations.Weights.min().ToDouble() >= 0);
            Assert.True(locations.Weights.sum(-1).max().ToDouble() <= 1 + 1e-5);
            Assert.True(scores.grad!.isfinite().all().ToBoolean(), $"scale {scale}");
            if (scale == 1) Assert.NotEqual(0, scores.grad!.abs().sum().ToDouble());
        }
    }

    [Fact]
    public void Where_the_quotient_of_cumulative_products_and_sums_gives_nothing_but_NaN_the_gradient_is_exact()
    {
        using var scope = NewDisposeScope();
        using var monotonic = new Monotonic();
        var scores = (ones(1, 2, 300, dtype: float32) * 2).requires_grad_();

        monotonic.call(scores, null).Weights.square().sum().backward();

        // Raffel 2017, eq. 14, without clamping.
        var p = scores.detach()[0, 1].sigmoid();
        var products = cat([ones(1), (1 - p).cumprod(0).narrow(0, 0, 299)]);
        Assert.False((products * (p / products).cumsum(0)).isfinite().all().ToBoolean());
        var exact = scores.detach().to(float64).requires_grad_();
        monotonic.call(exact, null).Weights.square().sum().backward();
        Assert.True(scores.grad!.allclose(exact.grad!.to(float32), 1e-4, 1e-7));
    }

    [Fact]
    public void The_process_itself_stops_as_often_as_the_weights_say()
    {
        using var scope = NewDisposeScope();
        using var monotonic = new Monotonic();
        using var generator = new Generator(3);
        const int Runs = 40_000;
        var scores = Draw.Normal(1, [1, T, N]);
        var expected = monotonic.call(scores, null).Weights[0];
        var stop = rand([Runs, T, N], dtype: float64, generator: generator) < scores.sigmoid();

        // From where the last step stopped, the first location that says so.
        var (place, counts) = (zeros(Runs, 1, int64), new List<Tensor>());
        for (var t = 0; t < T; t++)
        {
            var open = stop.select(1, t).logical_and(arange(N) >= place);
            place = where(open.any(-1, keepdim: true), open.to(int64).argmax(-1, keepdim: true), N);
            counts.Add(stack([.. Enumerable.Range(0, (int)N).Select(n => place.eq(n).sum())]));
        }

        var frequency = stack(counts).to(float64) / Runs;
        var deviation = (expected * (1 - expected) / Runs).sqrt();
        Assert.True(((frequency - expected).abs() <= 4 * deviation).all().ToBoolean());
    }

    [Fact]
    public void Drawn_one_step_at_a_time_choices_move_on_and_their_path_is_as_likely_as_the_process()
    {
        using var scope = NewDisposeScope();
        using var attention = new Attention(new DotScore(), new Monotonic(), new Sampled());
        using var generator = new Generator(3);
        const int Runs = 20_000;
        var (queries, keys) = (Draw.Normal(1, [1, T, N]), eye(N, dtype: float64).unsqueeze(0).expand(Runs, N, N));
        var (past, choices) = (default(Past), new List<Tensor>());
        for (var t = 0; t < T; t++)
        {
            var result = attention.forward(queries.narrow(1, t, 1).expand(Runs, 1, N), keys, keys, generator: generator, past: past);
            past = Past.After(result, past);
            choices.Add(where(result.Choice! < 0, N, result.Choice!).flatten());
        }

        var paths = stack(choices, 1);
        Assert.True((paths.diff(dim: 1) >= 0).all().ToBoolean());
        using var monotonic = new Monotonic();
        var marginals = monotonic.call(queries, null).Weights[0];
        for (var t = 0; t < T; t++)
        {
            var frequency = stack([.. Enumerable.Range(0, (int)N).Select(n => choices[t].eq(n).sum())]).to(float64) / Runs;
            Assert.True(((frequency - marginals[t]).abs() <= 4 * (marginals[t] * (1 - marginals[t]) / Runs).sqrt()).all().ToBoolean());
        }
    }

    [Fact]
    public void After_eval_it_stops_at_the_first_location_that_is_rather_a_stop_and_nowhere_if_there_is_none()
    {
        using var scope = NewDisposeScope();
        using var monotonic = new Monotonic();
        monotonic.eval();
        var scores = tensor([-1.0, 2, -3, 1, -1, /* from 1: */ -1, -2, 3, 1, 0.5, /* from 2: */ 5, 5, -1, -1, -1], [1, 3, 5]);

        var locations = monotonic.call(scores, null);

        Assert.Equal([1, 2, Locations.Nothing], locations.Mode().Choice.flatten().data<long>().ToArray());
        Assert.Equal([1.0, 1, 0], locations.Weights.sum(-1).flatten().data<double>().ToArray());
    }

    [Fact]
    public void Steps_asked_one_by_one_are_those_asked_at_once()
    {
        using var scope = NewDisposeScope();
        foreach (var distribution in new Distribution[] { new Monotonic(), new Mocha(3) })
        {
            var scores = Draw.Normal(1, [B, T, N]);
            var atOnce = distribution.call(scores, null).Weights;
            var past = default(Past);
            for (var t = 0; t < T; t++)
            {
                var locations = distribution.call(scores.narrow(1, t, 1), null, past, null);
                Assert.True(locations.Weights.allclose(atOnce.narrow(1, t, 1), 0, 1e-14));
                past = Past.After(new AttentionResult(zeros(B, 1, 1), locations), past);
            }
        }
    }

    [Fact]
    public void A_chunk_of_one_location_is_monotonic_attention()
    {
        using var scope = NewDisposeScope();
        var scores = Draw.Normal(1, [B, T, N]);

        Assert.True(new Mocha(1).call(scores, null).Weights.allclose(new Monotonic().call(scores, null).Weights, 0, 1e-14));
    }

    [Property(MaxTest = 40)]
    public void Weights_sum_to_at_most_one_and_what_is_left_is_the_chance_of_nothing(int seed, byte size, byte width)
    {
        using var scope = NewDisposeScope();
        using var distribution = new Mocha(1 + width % 5);
        var locations = (Categorical)distribution.call(Draw.Normal((ulong)(uint)seed, [B, T, 1 + size % 9]) * 3, null);

        Assert.True(locations.Weights.min().ToDouble() >= 0);
        Assert.True((locations.Weights.sum(-1, keepdim: true) + locations.LogNothing!.exp()).allclose(ones(B, T, 1, dtype: float64), 0, 1e-12));
    }

    [Fact]
    public void A_draw_is_nothing_as_often_as_weight_is_left_and_says_how_likely_that_was()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        const int Draws = 40_000;
        var weights = tensor([0.2, 0.0, 0.5], [1, 1, 3]).expand(1, Draws, 3);
        var locations = new Categorical(weights, weights.log()) { LogNothing = full([1, Draws, 1], Math.Log(0.3), float64) };

        foreach (var choice in new[] { locations.Sample(generator).Choice, locations.Couple(generator).Choice })
        {
            var counts = ChiSquare.Counts(choice + 1, 4);
            foreach (var (count, probability) in counts.Zip([0.3, 0.2, 0.0, 0.5]))
                Assert.True(Math.Abs(count - probability * Draws) <= 4 * Math.Sqrt(Draws * probability * (1 - probability)), $"{count} of {Draws}, expected {probability}");
            var likely = locations.LogProbability(choice);
            Assert.True(likely.allclose(tensor([0.3, 0.2, 0, 0.5]).log().index_select(0, choice.flatten() + 1).reshape(1, Draws), 0, 1e-12));
        }

        Assert.Equal(-(0.2 * Math.Log(0.2) + 0.5 * Math.Log(0.5) + 0.3 * Math.Log(0.3)), locations.Entropy()[0, 0].ToDouble(), 12);
    }

    [Fact]
    public void Noise_comes_while_training_alone_and_from_the_generator_that_is_passed()
    {
        using var scope = NewDisposeScope();
        using var monotonic = new Monotonic(noise: 1);
        var scores = Draw.Normal(1, [B, T, N]);
        Tensor Weights(ulong seed) => monotonic.call(scores, null, null, new Generator(seed)).Weights;

        Assert.True(Weights(1).Equals(Weights(1)));
        Assert.False(Weights(1).Equals(Weights(2)));
        Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => monotonic.call(scores, null)).ParamName);
        monotonic.eval();
        Assert.True(Weights(1).Equals(Weights(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Monotonic(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mocha(0));
    }

    // αⱼ = pⱼ Σₖ≤ⱼ α'ₖ ∏ₖ≤ₗ<ⱼ (1 − pₗ), written out.
    private static double[] Stops(double[] energies, bool[] allowed, double[] previous)
    {
        var p = energies.Select((e, n) => allowed[n] ? 1 / (1 + Math.Exp(-e)) : 0).ToArray();
        return [.. p.Select((_, j) => p[j] * Enumerable.Range(0, j + 1).Sum(k => previous[k] * Enumerable.Range(k, j - k).Aggregate(1.0, (product, l) => product * (1 - p[l]))))];
    }

    private static double[] Chunks(double[] stops, double[] energies, bool[] allowed, int width)
    {
        double Exp(int n) => allowed[n] ? Math.Exp(energies[n]) : 0;
        var n = stops.Length;
        return [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(j, Math.Min(width, n - j)).Where(k => allowed[k])
            .Sum(k => stops[k] * Exp(j) / Enumerable.Range(Math.Max(0, k - width + 1), k - Math.Max(0, k - width + 1) + 1).Sum(Exp)))];
    }
}
