using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>ReSA of a handful of numbers, and what it gives if every pair is computed.</summary>
internal static class SmallReinforcedSelfAttention
{
    public const long B = 4, N = 5, D = 3;

    public static Attention Additive() => Draw.Weights(new Attention(new AdditiveScore(D, D, 4), new Softmax(), new Expected()), 7);

    public static ReinforcedSelfAttention Make(ulong seed)
    {
        var attention = Additive();
        var resa = Draw.Weights(new ReinforcedSelfAttention(attention, D, 4), seed);
        using var source = Additive();
        Saved.Copy(source, attention);
        return resa;
    }

    public static void Bias(ReinforcedSelfAttention resa, double logit)
    {
        using var _ = no_grad();
        foreach (var (name, parameter) in resa.named_parameters())
            if (name.Contains("sample", StringComparison.Ordinal)) parameter.fill_(name.EndsWith("output.bias", StringComparison.Ordinal) ? logit : 0);
    }

    // u = F x + (1 − F) s, with s computed for every pair, one at a time.
    public static (Tensor Outputs, Tensor Weights) AllPairs(ReinforcedSelfAttention resa, Tensor tokens, Tensor mask, Tensor heads, Tensor dependents)
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

    public static Tensor Padding()
    {
        var mask = ones(B, N, @bool);
        mask[1, 4] = false;
        for (var i = 2; i < N; i++) mask[2, i] = false;
        return mask;
    }
}
