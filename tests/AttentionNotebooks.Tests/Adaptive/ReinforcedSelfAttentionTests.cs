using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>ReSA against a computation of every pair, at its limits, and REINFORCE on its gates against the enumeration of all selections.</summary>
public class ReinforcedSelfAttentionTests
{
    private const long B = 4, N = 5, D = 3;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Packing_the_selected_tokens_gives_what_all_pairs_give(ulong seed, bool masked)
    {
        using var scope = NewDisposeScope();
        using var resa = Make(1);
        using var generator = new Generator(seed);
        var tokens = Draw.Normal(2, [B, N, D]);
        var mask = masked ? Padding() : null;

        var result = resa.forward(tokens, mask, generator);

        var (outputs, weights) = AllPairs(resa, tokens, mask ?? ones(B, N, @bool), result.Heads, result.Dependents);
        Assert.True(result.Attended.Weights.allclose(weights, 0, 1e-12));
        Assert.True(result.Attended.Context.allclose(outputs, 0, 1e-12));
        Assert.InRange(result.Heads.sum().ToInt64(), 1, B * N - 1);
    }

    [Fact]
    public void With_everything_selected_it_is_self_attention_and_with_nothing_the_mean_of_the_others()
    {
        using var scope = NewDisposeScope();
        using var resa = Make(1);
        var tokens = Draw.Normal(2, [B, N, D]);
        var others = eye(N, dtype: @bool).logical_not().expand(B, N, N);

        Bias(resa, 1e3);
        var all = resa.forward(tokens);
        using var attention = Additive();
        Assert.True(all.Heads.all().ToBoolean() && all.Dependents.all().ToBoolean());
        Assert.True(all.Attended.Weights.allclose(attention.forward(tokens, tokens, tokens, others).Weights, 0, 1e-12));

        Bias(resa, -1e3);
        var none = resa.forward(tokens);
        Assert.False(none.Heads.any().ToBoolean());
        Assert.Equal(0, none.Attended.Weights.abs().sum().ToDouble());
        Assert.True(none.Attended.Context.allclose(AllPairs(resa, tokens, ones(B, N, @bool), none.Heads, none.Dependents).Outputs, 0, 1e-12));
        Assert.Null(none.Attended.LogProbability);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_central_differences(bool masked)
    {
        using var scope = NewDisposeScope();
        using var resa = Make(1);
        var tokens = Draw.Leaf(2, B, N, D);
        var mask = masked ? Padding() : null;
        AttentionResult Attend()
        {
            using var generator = new Generator(5);
            return resa.forward(tokens, mask, generator).Attended;
        }

        foreach (var part in new Func<AttentionResult, Tensor>[] { result => result.Context, result => result.Weights, result => result.LogProbability!, result => result.Entropy! })
        {
            var result = GradCheck.Run(resa, () => part(Attend()), tokens);
            Assert.True(result.Within(1e-6), result.ToString());
        }
    }

    [Fact]
    public void Draws_have_the_probability_that_is_recorded()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var sampler = Draw.Weights(new ReinforcedSequenceSampler(D, 4), 1);
        var tokens = Draw.Normal(2, [1, 3, D]).expand(20_000, 3, D);

        var selection = sampler.call(tokens, null, generator);

        // Eight selections: their counts against the products of their gates, which sum to 1.
        var code = (selection.Selected.to(int64) * tensor([1L, 2, 4])).sum(-1);
        var logProbability = selection.LogProbability!.sum(-1);
        var probabilities = Enumerable.Range(0, 8).Select(c => logProbability.masked_select(code == c).mean().exp().ToDouble()).ToArray();
        Assert.Equal(1, probabilities.Sum(), 9);
        Assert.True(ChiSquare.GoodnessOfFit(ChiSquare.Counts(code, 8), probabilities) > 1e-4);
        // H = −E[log p].
        Assert.Equal(-probabilities.Sum(p => p * Math.Log(p)), selection.Entropy![0].sum().ToDouble(), 9);
    }

    [Fact]
    public void Reinforce_on_its_record_has_the_gradient_of_the_enumeration()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        const int Replications = 20_000;
        using var resa = Make(4);
        using var estimator = new Reinforce(new MovingAverage());
        var tokens = Draw.Normal(2, [1, 3, D]) * 2;
        var parameters = resa.named_parameters().Where(p => p.name.Contains("output", StringComparison.Ordinal)).Select(p => p.parameter).ToArray();
        Assert.Equal(4, parameters.Length);

        // Ten batches for a standard error.
        var estimates = Enumerable.Range(0, 10).Select(_ => Estimate()).ToArray();
        var exact = Exact();

        var clearest = 0.0;
        for (var i = 0; i < exact.Length; i++)
        {
            var mean = estimates.Average(e => e[i]);
            var error = Math.Sqrt(estimates.Sum(e => (e[i] - mean) * (e[i] - mean)) / 9 / 10);
            Assert.True(Math.Abs(mean - exact[i]) < 5 * error, $"{mean} ± {error} for {exact[i]}");
            clearest = Math.Max(clearest, Math.Abs(exact[i]) / error);
        }

        Assert.True(clearest > 10, $"a gradient of 0 would show: {clearest}");

        double[] Estimate()
        {
            using var inner = NewDisposeScope();
            resa.zero_grad();
            var attended = resa.forward(tokens.expand(Replications / 10, 3, D), null, generator).Attended;
            estimator.Surrogate(Loss(attended.Context), attended).backward();
            return [.. parameters.SelectMany(p => p.grad!.data<double>().ToArray())];
        }

        // Σ_z p(z) ℓ(z) over the 64 selections, with p from forced draws: every selection occurs among many.
        double[] Exact()
        {
            using var inner = NewDisposeScope();
            resa.zero_grad();
            var result = resa.forward(tokens.expand(Replications, 3, D), null, generator);
            var code = (cat([result.Heads, result.Dependents], 1).to(int64) * tensor([1L, 2, 4, 8, 16, 32])).sum(-1);
            var (p, losses) = (result.Attended.LogProbability!.sum(-1).exp(), Loss(result.Attended.Context));
            var first = Enumerable.Range(0, 64).Select(c => (code == c).nonzero()[0, 0]).ToArray();
            Assert.Equal(1, first.Sum(i => p.index_select(0, i.unsqueeze(0)).ToDouble()), 9);
            var expected = zeros(1, float64);
            foreach (var i in first) expected += p.index_select(0, i.unsqueeze(0)) * losses.index_select(0, i.unsqueeze(0));
            expected.backward();
            return [.. parameters.SelectMany(parameter => parameter.grad!.data<double>().ToArray())];
        }

        static Tensor Loss(Tensor context) => (context - 1).square().sum([1L, 2]);
    }

    [Fact]
    public void Padding_is_never_selected_and_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var resa = Make(1);
        using var generator = new Generator(1);
        var tokens = Draw.Normal(2, [B, N, D]);
        var padded = cat([tokens, Draw.Normal(3, [B, 2, D])], 1);
        var mask = cat([ones(B, N, @bool), zeros(B, 2, @bool)], 1);

        var (plain, with) = (resa.forward(tokens), resa.forward(padded, mask));
        var drawn = resa.forward(padded, mask, generator);

        Assert.True(with.Attended.Context.narrow(1, 0, N).allclose(plain.Attended.Context, 0, 1e-12));
        Assert.Equal(0, with.Attended.Context.narrow(1, N, 2).abs().sum().ToDouble());
        Assert.False(drawn.Heads.narrow(1, N, 2).any().ToBoolean() || drawn.Dependents.narrow(1, N, 2).any().ToBoolean());
        Assert.Equal([B, 2], drawn.Attended.LogProbability!.shape);
        Assert.True(drawn.Attended.LogProbability!.lt(0).all().ToBoolean());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void One_token_an_empty_batch_and_a_row_of_padding_bring_no_NaN(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var resa = Make(1);
        resa.to(dtype);
        var tokens = Draw.Normal(2, [B, N, D], dtype).requires_grad_();
        var mask = ones(B, N, @bool);
        mask[0] = false;

        var result = resa.forward(tokens, mask, generator).Attended;
        (result.Context.sum() + result.LogProbability!.sum()).backward();

        Assert.True(tokens.grad!.isfinite().all().ToBoolean());
        Assert.Equal(0, result.Context[0].abs().sum().ToDouble());
        Assert.Equal([2L, 1, D], resa.forward(zeros(2, 1, D, dtype), null, generator).Attended.Context.shape);
        Assert.Equal([0L, N, D], resa.forward(zeros(0, N, D, dtype), null, generator).Attended.Context.shape);
    }

    [Fact]
    public void A_hard_read_among_the_selected_adds_its_own_log_probability()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var resa = Draw.Weights(new ReinforcedSelfAttention(new Attention(new ScaledDotScore(), new Softmax(), new Sampled()), D, 4), 1);
        using var gates = new Generator(1);
        using var soft = Draw.Weights(new ReinforcedSelfAttention(new Attention(new ScaledDotScore(), new Softmax(), new Expected()), D, 4), 1);
        var tokens = Draw.Normal(2, [B, N, D]);

        var (hard, plain) = (resa.forward(tokens, null, generator), soft.forward(tokens, null, gates));

        // Both gates first, then one step for each head.
        var (gated, more) = (hard.Attended.LogProbability!.narrow(1, 0, 2), hard.Attended.LogProbability!.narrow(1, 2, hard.Attended.LogProbability!.shape[1] - 2));
        Assert.True(hard.Heads.Equals(plain.Heads));
        Assert.True(gated.allclose(plain.Attended.LogProbability!, 0, 1e-13));
        Assert.True(more.min().ToDouble() < -0.01 && more.max().ToDouble() <= 0);
        Assert.Equal(hard.Heads.sum(1).max().ToInt64(), more.shape[1]);
    }

    [Fact]
    public void It_is_saved_and_loaded_and_hands_over_nothing_but_its_record()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var resa = Make(1);
        using var other = Make(2);
        var tokens = Draw.Normal(2, [B, N, D]);
        var mask = Padding();
        Saved.Copy(resa, other);

        Assert.True(other.forward(tokens).Attended.Context.Equals(resa.forward(tokens).Attended.Context));
        Assert.Equal(4, LiveTensors.HandedOverBy(() => resa.forward(tokens, mask)));
        Assert.Equal(6, LiveTensors.HandedOverBy(() => resa.forward(tokens, mask, generator)));
        Assert.Equal(0, LiveTensors.LeftBy(() => resa.forward(tokens, null, generator)));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var resa = Make(1);

        Assert.StartsWith("tokens has shape [2, 5, 4], expected [B, N, 3].", Assert.Throws<ArgumentException>(() => resa.forward(zeros(2, 5, 4))).Message, StringComparison.Ordinal);
        Assert.StartsWith("mask has shape", Assert.Throws<ArgumentException>(() => resa.forward(zeros(2, 5, D, float64), ones(2, 4, @bool))).Message, StringComparison.Ordinal);
        Assert.Equal("attention", Assert.Throws<ArgumentNullException>(() => new ReinforcedSelfAttention(null!, D, 4)).ParamName);
    }

    private static Attention Additive() => Draw.Weights(new Attention(new AdditiveScore(D, D, 4), new Softmax(), new Expected()), 7);

    private static ReinforcedSelfAttention Make(ulong seed)
    {
        var attention = Additive();
        var resa = Draw.Weights(new ReinforcedSelfAttention(attention, D, 4), seed);
        using var source = Additive();
        Saved.Copy(source, attention);
        return resa;
    }

    private static void Bias(ReinforcedSelfAttention resa, double logit)
    {
        using var _ = no_grad();
        foreach (var (name, parameter) in resa.named_parameters())
            if (name.Contains("sample", StringComparison.Ordinal)) parameter.fill_(name.EndsWith("output.bias", StringComparison.Ordinal) ? logit : 0);
    }

    // u = F x + (1 − F) s, with s computed for every pair, one at a time.
    private static (Tensor Outputs, Tensor Weights) AllPairs(ReinforcedSelfAttention resa, Tensor tokens, Tensor mask, Tensor heads, Tensor dependents)
    {
        var n = tokens.shape[1];
        var parameters = resa.named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);
        using var score = Additive();
        var (outputs, weights) = (zeros_like(tokens), zeros(tokens.shape[0], n, n, dtype: float64));
        for (var b = 0; b < tokens.shape[0]; b++)
        {
            for (var i = 0; i < n; i++)
            {
                if (!mask[b, i].ToBoolean()) continue;
                var others = Enumerable.Range(0, (int)n).Where(j => j != i && mask[b, j].ToBoolean()).ToArray();
                var seen = heads[b, i].ToBoolean() ? others.Where(j => dependents[b, j].ToBoolean()).ToArray() : others;
                var context = zeros(D, float64);
                if (seen.Length > 0)
                {
                    var rows = tokens[b].index_select(0, tensor(seen.Select(j => (long)j).ToArray()));
                    if (heads[b, i].ToBoolean())
                    {
                        var shares = score.forward(tokens[b, i].reshape(1, 1, D), rows.unsqueeze(0), rows.unsqueeze(0)).Weights.flatten();
                        for (var j = 0; j < seen.Length; j++) weights[b, i, seen[j]] = shares[j];
                        context = shares.matmul(rows);
                    }
                    else
                    {
                        context = rows.mean([0L]);
                    }
                }

                var gate = (parameters["fuse.weight"].matmul(cat([tokens[b, i], context])) + parameters["fuse.bias"]).sigmoid();
                outputs[b, i] = gate * tokens[b, i] + (1 - gate) * context;
            }
        }

        return (outputs, weights);
    }

    private static Tensor Padding()
    {
        var mask = ones(B, N, @bool);
        mask[1, 4] = false;
        for (var i = 2; i < N; i++) mask[2, i] = false;
        return mask;
    }
}
