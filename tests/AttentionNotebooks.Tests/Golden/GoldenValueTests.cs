using System.Runtime.CompilerServices;
using System.Text.Json;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>The library beside PyTorch, SciPy and entmax: the values that <c>make_golden.py</c> wrote, with the versions they come from in the file.</summary>
public class GoldenValueTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-11;

    private static readonly JsonDocument Golden = JsonDocument.Parse(File.ReadAllText(GoldenFile()));

    public static TheoryData<string> Names => [.. Golden.RootElement.GetProperty("cases").EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_library_gives_the_golden_values(string name)
    {
        using var scope = NewDisposeScope();

        var (worst, compared) = Compare(name);

        Assert.True(compared > 0);
        Assert.True(worst <= Tolerance, $"off by {worst}");
    }

    [Fact]
    public void The_worst_difference_of_all_is_rounding()
    {
        using var scope = NewDisposeScope();
        var rows = Golden.RootElement.GetProperty("cases").EnumerateObject().Select(one => (one.Name, Compare(one.Name).Worst)).ToArray();
        foreach (var (name, worst) in rows) output.WriteLine($"{name,-22} {worst:E1}");
        output.WriteLine($"{"worst",-22} {rows.Max(row => row.Worst):E1}, against {Golden.RootElement.GetProperty("origin")}");

        Assert.True(rows.Max(row => row.Worst) <= Tolerance);
    }

    private static (double Worst, int Compared) Compare(string name)
    {
        var root = Golden.RootElement.GetProperty("cases").GetProperty(name);
        var inputs = Read(root.GetProperty("inputs"));
        var expected = Read(root.GetProperty("outputs"));
        var actual = Compute(name.Split(' ')[0], name, inputs);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        return (expected.Max(one => (one.Value.flatten() - actual[one.Key].flatten()).abs().max().ToDouble()), expected.Count);
    }

    private static Dictionary<string, Tensor> Compute(string kind, string name, Dictionary<string, Tensor> x) => kind switch
    {
        "softmax" => WithGradients(x, "scores", () => new Softmax(Number(name)).call(x["scores"], x["mask"].to(@bool)).Weights),
        "sparsemax" => WithGradients(x, "scores", () => new Sparsemax().call(x["scores"], null).Weights),
        "entmax15" => WithGradients(x, "scores", () => new Entmax15().call(x["scores"], null).Weights),
        "alpha" => Alpha(x),
        "additive" => Scored(new AdditiveScore(4, 6, 7), x),
        "general" => Scored(new GeneralScore(4, 6), x),
        "concat" => Scored(new ConcatScore(4, 6, 7), x),
        "location-aware" => Scored(new LocationAwareScore(4, 6, 7, filters: 3, width: 5), x),
        "multi-head" => Heads(x),
        "scaled" => WithGradients(x, "query keys values", () => new Attention(new ScaledDotScore(), new Softmax(), new Expected()).forward(x["query"], x["keys"], x["values"]).Context),
        "marginal" => WithGradients(x, "logits losses", () => Marginal(x)),
        "monotonic" => WithGradients(x, "energies", () => new Monotonic().call(x["energies"], null).Weights),
        "MoChA" => WithGradients(x, "stop chunk", () => new Mocha(3).call(stack([x["stop"], x["chunk"]], -1), null).Weights),
        "HardKuma" => Kuma(x),
        "Bernoulli" => Gates(x),
        _ => OneOfMany(x),
    };

    private static Dictionary<string, Tensor> WithGradients(Dictionary<string, Tensor> x, string names, Func<Tensor> function)
    {
        var leaves = names.Split(' ');
        foreach (var leaf in leaves) x[leaf].requires_grad_();
        var value = function();
        (value * x["weight"]).sum().backward();
        return leaves.ToDictionary(leaf => "grad " + leaf, leaf => x[leaf].grad!, StringComparer.Ordinal).Append(new("value", value)).ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, Tensor> Alpha(Dictionary<string, Tensor> x)
    {
        var alpha = x["alpha"].ToDouble();
        var map = new AlphaEntmax(alpha, learned: true).to(float64);
        using (no_grad()) map.parameters().Single().copy_(tensor(Math.Log((alpha - 1) / (2 - alpha))));
        var results = WithGradients(x, "scores", () => map.call(x["scores"], null).Weights);
        // α = 1 + σ(a): ∂α/∂a = (α − 1) (2 − α).
        results["grad alpha"] = map.parameters().Single().grad! / ((alpha - 1) * (2 - alpha));
        return results;
    }

    private static Dictionary<string, Tensor> Scored(Score score, Dictionary<string, Tensor> x)
    {
        Load(score.to(float64), x);
        var past = x.TryGetValue("past", out var before) ? PastTests.PastOf(before) : null;
        return new() { ["value"] = score.call(x["query"], x["keys"], past) };
    }

    private static Dictionary<string, Tensor> Heads(Dictionary<string, Tensor> x)
    {
        var heads = new MultiHead(new Attention(new ScaledDotScore(), new Softmax(), new Expected()), 2, 6).to(float64);
        Load(heads, x);
        var result = heads.forward(x["query"], x["keys"], x["values"], x["mask"].to(@bool));
        return new() { ["value"] = result.Context, ["weights"] = result.Weights };
    }

    // Each example's own marginal: the surrogate is their mean.
    private static Tensor Marginal(Dictionary<string, Tensor> x)
    {
        var each = Enumerable.Range(0, 3).Select(b => new ExactMarginal().Surrogate(read =>
        {
            var attended = read!.Take(new Softmax().call(x["logits"].narrow(0, b, 1), null), eye(5, dtype: float64).unsqueeze(0), null);
            return new Outcome((attended.Context.squeeze(1) * x["losses"].narrow(0, b, 1)).sum(-1), attended);
        }));
        return stack([.. each]);
    }

    private static Dictionary<string, Tensor> Kuma(Dictionary<string, Tensor> x)
    {
        var gates = new HardKumaGates(x["a"].reshape(1, 1, 4), x["b"].reshape(1, 1, 4), zeros(1, 1, 4, @bool));
        var shut = 1 - gates.Open;
        return new() { ["shut"] = shut, ["wide open"] = gates.WideOpen(), ["mean"] = gates.Weights, ["shut by its density"] = shut.narrow(-1, 1, 2) };
    }

    private static Dictionary<string, Tensor> Gates(Dictionary<string, Tensor> x)
    {
        var (q, p) = (new Sigmoid().call(x["q"], null), new Sigmoid().call(x["p"], null));
        var choice = where(x["drawn"] > 0, arange(4), Locations.Nothing);
        return new() { ["entropy"] = q.Entropy()!, ["divergence"] = q.Divergence(p), ["log probability"] = q.LogProbability(choice)! };
    }

    private static Dictionary<string, Tensor> OneOfMany(Dictionary<string, Tensor> x)
    {
        var (q, p) = (new Softmax().call(x["q"], null), new Softmax().call(x["p"], null));
        return new() { ["entropy"] = q.Entropy()!, ["divergence"] = q.Divergence(p), ["log probability"] = q.LogProbability(full([2, 3, 1], 2, int64))! };
    }

    private static void Load(nn.Module module, Dictionary<string, Tensor> x)
    {
        using var _ = no_grad();
        foreach (var (name, parameter) in module.named_parameters()) parameter.copy_(x[name]);
    }

    private static double Number(string name) => double.Parse(name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, Tensor> Read(JsonElement tensors) => tensors.EnumerateObject().ToDictionary(
        one => one.Name,
        one => tensor(
            one.Value.GetProperty("data").EnumerateArray().Select(number => number.ValueKind switch { JsonValueKind.True => 1.0, JsonValueKind.False => 0.0, _ => number.GetDouble() }).ToArray(),
            [.. one.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())]),
        StringComparer.Ordinal);

    private static string GoldenFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "golden.json");
}
