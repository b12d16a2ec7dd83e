using TorchSharp;
using static AttentionNotebooks.SmallReinforcedSelfAttention;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>ReSA against central differences, and REINFORCE on its gates against the enumeration of all selections.</summary>
public class ReinforcedSelfAttentionGradientTests
{
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
}
