using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Gates that are open or shut, and gates in between.</summary>
public class GatesTests
{
    private const long B = 2, T = 2, N = 3;

    [Fact]
    public void Probability_entropy_count_and_changes_are_those_of_all_masks_enumerated()
    {
        using var scope = NewDisposeScope();
        using var sigmoid = new Sigmoid();
        var mask = tensor([true, true, true, true, false, true], [B, N]);
        var gates = (BernoulliGates)sigmoid.call(Draw.Normal(1, [B, T, N]), mask);

        for (var (b, t) = (0, 0); b < B; (b, t) = t == 0 ? (b, 1) : (b + 1, 0))
        {
            var p = gates.Weights[b, t].data<double>().ToArray();
            var masks = Enumerable.Range(0, 8).Select(code => Enumerable.Range(0, 3).Select(n => code >> n & 1).ToArray()).ToArray();
            var probability = masks.Select(z => z.Select((open, n) => open == 1 ? p[n] : 1 - p[n]).Aggregate(1.0, (x, y) => x * y)).ToArray();
            for (var code = 0; code < 8; code++)
            {
                if (probability[code] == 0) continue;
                var choice = full([B, T, 3], Locations.Nothing, int64);
                foreach (var n in Enumerable.Range(0, 3).Where(n => masks[code][n] == 1)) choice[b, t, n] = n;
                Assert.Equal(Math.Log(probability[code]), gates.LogProbability(choice)[b, t].ToDouble(), 12);
            }

            Assert.Equal(-probability.Where(x => x > 0).Sum(x => x * Math.Log(x)), gates.Entropy()[b, t].ToDouble(), 12);
            Assert.Equal(masks.Zip(probability, (z, x) => x * z.Sum()).Sum(), gates.ExpectedCount()[b, t].ToDouble(), 12);
            Assert.Equal(masks.Zip(probability, (z, x) => x * (Math.Abs(z[0] - z[1]) + Math.Abs(z[1] - z[2]))).Sum(), gates.ExpectedChanges()[b, t].ToDouble(), 12);
        }
    }

    [Fact]
    public void Draws_open_each_gate_as_often_as_it_says_independently()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var sigmoid = new Sigmoid();
        const int Draws = 40_000;
        var gates = (BernoulliGates)sigmoid.call(tensor([0.5, -1.0, 2.0], [1, 1, 3]).expand(1, Draws, 3), null);
        var p = gates.Weights[0, 0].data<double>().ToArray();

        foreach (var choice in new[] { gates.Sample(generator).Choice, gates.Couple(generator).Choice })
        {
            var hot = gates.Hot(choice)[0];
            var counts = ChiSquare.Counts((hot * tensor([1.0, 2, 4])).sum(-1).to(int64), 8);
            for (var code = 0; code < 8; code++)
            {
                var probability = Enumerable.Range(0, 3).Select(n => (code >> n & 1) == 1 ? p[n] : 1 - p[n]).Aggregate(1.0, (x, y) => x * y);
                Assert.True(Math.Abs(counts[code] - probability * Draws) <= 4 * Math.Sqrt(Draws * probability * (1 - probability)), $"mask {code}: {counts[code]}");
            }
        }
    }

    [Fact]
    public void A_sampled_read_computes_the_open_locations_alone_and_adds_them()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        using var sigmoid = new Sigmoid();
        var values = Draw.Normal(2, [B, 6, 4]);
        long asked = 0;
        var lazy = Values.Lazy(() => throw new InvalidOperationException("All() was called."), index =>
        {
            asked = index.shape[1];
            return Values.FromTensor(values).At(index);
        });
        var gates = sigmoid.call(Draw.Normal(1, [B, 1, 6]) - 1, null);

        var result = new Sampled().Take(gates, lazy, generator);

        var hot = gates.Hot(result.Choice!);
        Assert.Equal((long)hot.sum(-1).max().ToDouble(), asked);
        Assert.True(asked < 6);
        Assert.True(result.Context.allclose(hot.matmul(values), 0, 1e-13));
    }

    [Fact]
    public void The_divergence_is_that_of_all_masks_enumerated()
    {
        using var scope = NewDisposeScope();
        using var sigmoid = new Sigmoid();
        var (q, p) = ((BernoulliGates)sigmoid.call(Draw.Normal(1, [1, 1, N]), null), (BernoulliGates)sigmoid.call(Draw.Normal(2, [1, 1, N]), null));

        var each = Enumerable.Range(0, (int)N).Sum(n =>
        {
            var (a, b) = (q.Weights[0, 0, n].ToDouble(), p.Weights[0, 0, n].ToDouble());
            return a * Math.Log(a / b) + (1 - a) * Math.Log((1 - a) / (1 - b));
        });

        Assert.Equal(each, q.Divergence(p).ToDouble(), 12);
        Assert.Equal(0, q.Divergence(q).ToDouble(), 12);
        Assert.Contains("both must be", Assert.Throws<ArgumentException>(() => q.Divergence(new Softmax().call(zeros(1, 1, N), null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HardKuma_is_shut_wide_open_and_in_the_mean_what_a_million_draws_are()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var hardKuma = new HardKuma();
        const int Draws = 100_000;
        foreach (var pair in new[] { (0.0, 0.0), (1.0, 0.5), (-1.0, -2.0), (-3.0, 2.0), (3.0, -2.0) })
        {
            var gates = (HardKumaGates)hardKuma.call(tensor([pair.Item1, pair.Item2], [1, 1, 1, 2]).expand(1, Draws, 1, 2), null);
            var drawn = gates.Spread(gates.Sample(generator)).flatten();
            void Agree(Tensor hits, Tensor expected) =>
                Assert.True(Math.Abs(hits.mean().ToDouble() - expected[0, 0, 0].ToDouble()) <= 4 * hits.std().ToDouble() / Math.Sqrt(Draws) + 1e-12, $"{pair}: {hits.mean().ToDouble()}, expected {expected[0, 0, 0].ToDouble()}");

            Agree((drawn > 0).to(float64), gates.Open);
            Agree((drawn >= 1).to(float64), gates.WideOpen());
            Agree(drawn, gates.Weights);
        }
    }

    [Fact]
    public void A_score_of_zero_gives_the_uniform_gate_and_a_single_score_is_symmetric()
    {
        using var scope = NewDisposeScope();
        using var hardKuma = new HardKuma();

        // Uniform on (−0.1, 1.1): shut with 1/12, wide open with 1/12, ½ in the mean.
        var uniform = (HardKumaGates)hardKuma.call(zeros(1, 1, 1, float64), null);
        var rising = hardKuma.call(linspace(-6, 6, 25, float64).reshape(1, 1, 25), null).Weights.flatten();

        Assert.Equal(11.0 / 12, uniform.Open.ToDouble(), 4);
        Assert.Equal(1.0 / 12, uniform.WideOpen().ToDouble(), 4);
        Assert.Equal(0.5, uniform.Weights.ToDouble(), 4);
        Assert.True((rising.diff() > 0).all().ToBoolean());
    }

    [Fact]
    public void HardKuma_has_the_gradients_of_central_differences_for_its_draws_its_mean_its_count_and_its_changes()
    {
        using var scope = NewDisposeScope();
        using var hardKuma = new HardKuma();
        var (scores, values) = (Draw.Leaf(1, B, T, N, 2), Draw.Leaf(2, B, N, 2));
        var mask = tensor([true, true, false, true, true, true], [B, N]);
        HardKumaGates Gates() => (HardKumaGates)hardKuma.call(scores, mask);

        foreach (var part in new Func<Tensor>[] { () => new Sampled().Take(Gates(), values, new Generator(1)).Context, () => Gates().Weights, () => Gates().ExpectedCount(), () => Gates().ExpectedChanges(), () => new Expected().Take(Gates(), values, null).Context })
        {
            var result = GradCheck.Run(part, [scores, values]);
            Assert.True(result.Within(1e-6), result.ToString());
        }
    }

    [Fact]
    public void The_likeliest_gate_is_shut_wide_open_or_the_mean()
    {
        using var scope = NewDisposeScope();
        using var hardKuma = new HardKuma();
        using var sigmoid = new Sigmoid();
        var scores = tensor([-8.0, 0.1, 8.0], [1, 1, 3]);

        var kuma = hardKuma.call(scores, null);
        var mode = kuma.Spread(kuma.Mode()).flatten();

        Assert.Equal(0, mode[0].ToDouble());
        Assert.Equal(kuma.Weights[0, 0, 1].ToDouble(), mode[1].ToDouble(), 12);
        Assert.Equal(1, mode[2].ToDouble());
        Assert.Equal([1, 2, Locations.Nothing], [.. sigmoid.call(scores, null).Mode().Choice.flatten().data<long>().ToArray(), Locations.Nothing]);
    }

    [Fact]
    public void Extreme_scores_stay_finite_both_ways()
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in new[] { float32, float64 })
        {
            var scores = tensor([-1e4, -50.0, 0, 50, 1e4], [1, 1, 5]).to(dtype).requires_grad_();
            foreach (var distribution in new Distribution[] { new Sigmoid(), new HardKuma() })
            {
                scores.grad = null;
                using var generator = new Generator(1);
                var gates = (Gates)distribution.call(scores, null);
                var read = new Sampled().Take(gates, ones(1, 5, 1, dtype), generator);
                (read.Context.sum() + gates.Weights.sum() + gates.ExpectedCount().sum() + (read.LogProbability?.sum() ?? 0) + (read.Entropy?.sum() ?? 0)).backward();
                Assert.True(scores.grad!.isfinite().all().ToBoolean(), $"{distribution.GetName()} {dtype}: {scores.grad.ToString(TorchSharp.TensorStringStyle.Numpy)}");
                Assert.True(gates.Weights.isfinite().all().ToBoolean());
            }
        }
    }
}
