using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Every score with every distribution with every read: two steps, one location masked, forwards and backwards. The table in the library's folder is what these tests found.</summary>
public class CombinationTests
{
    private const long B = 3, N = 6, D = 4, Masked = 2;

    private static readonly string[] Scores = ["AdditiveScore", "NormalizedAdditiveScore", "DotScore", "ScaledDotScore", "GeneralScore", "ConcatScore", "LocationAwareScore", "LocalMonotonicScore", "LocalPredictiveScore", "ScorePair", "UniformScore"];
    private static readonly string[] Distributions = ["Softmax", "Sparsemax", "Entmax15", "AlphaEntmax", "Monotonic", "Mocha", "Sigmoid", "HardKuma"];
    private static readonly string[] Reads = ["Expected", "Sampled", "MostLikely", "TopK", "WithoutReplacement", "GumbelSoftmax", "StraightThrough", "Mixed", "Chosen"];

    public static TheoryData<string, string, string> All
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var score in Scores)
                foreach (var distribution in Distributions.Where(distribution => Fit(score, distribution)))
                    foreach (var read in Reads) data.Add(score, distribution, read);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_reads_what_it_says_it_read_and_its_gradient_goes_where_the_table_says(string score, string distribution, string read)
    {
        using var scope = NewDisposeScope();
        var table = File.ReadAllText(TableFile());
        var row = table[table.IndexOf($"### {score}\n", StringComparison.Ordinal)..].Split('\n').First(line => line.StartsWith($"| {distribution} |", StringComparison.Ordinal));

        Assert.Equal(row.Split('|')[2 + Array.IndexOf(Reads, read)].Trim(), Try(score, distribution, read));
    }

    [Fact]
    public void The_table_is_complete()
    {
        var text = Table();
        // To write it anew: ATTENTION_WRITE_TABLES=1 dotnet test …
        if (Environment.GetEnvironmentVariable("ATTENTION_WRITE_TABLES") == "1") File.WriteAllText(TableFile(), text);

        Assert.Equal(text, File.ReadAllText(TableFile()));
    }

    // How the gradient reaches the score: ∇ by backpropagation, E by an estimator, ∇E by both, · not at all.
    private static string Try(string score, string distribution, string read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        using var attention = Make(score, distribution, read);
        attention.to(float64);
        var (queries, keys, values) = (Draw.Leaf(1, B, 2, D), Draw.Leaf(2, B, N, D), Draw.Leaf(3, B, N, 3));
        var mask = ones(B, N, @bool);
        mask.select(1, Masked).fill_(false);
        var first = attention.forward(queries.narrow(1, 0, 1), keys, values, mask, generator);
        var past = Past.After(first);
        var second = attention.forward(queries.narrow(1, 1, 1), keys, values, mask, generator, past);
        foreach (var result in new[] { first, second }) AssertConsistent(result, values);

        // Of the second step alone, what comes back through the scores.
        var path = Reaches(() => (second.Context * Draw.Normal(5, [B, 1, 3])).sum(), queries);
        var estimator = Reaches(() => second.LogProbability?.sum(), queries);
        Assert.Equal(0, values.grad!.select(1, Masked).abs().sum().ToDouble());
        Assert.Equal(second.Context.abs().sum().ToDouble() > 0, values.grad!.abs().sum().ToDouble() > 0);
        foreach (var leaf in new[] { queries, keys, values }.Concat(attention.parameters()).Where(leaf => leaf.grad is not null)) Assert.True(leaf.grad!.isfinite().all().ToBoolean());
        return (path, estimator) switch { (true, true) => "∇E", (true, false) => "∇", (false, true) => "E", _ => "·" };
    }

    private static void AssertConsistent(AttentionResult result, Tensor values)
    {
        Assert.Equal([B, 1, 3], result.Context.shape);
        Assert.Equal([B, 1, N], result.Weights.shape);
        Assert.True(result.Weights.ge(0).logical_and(result.Weights.le(1 + 1e-12)).all().ToBoolean());
        Assert.Equal(0, result.Weights.select(2, Masked).sum().ToDouble());
        if (result.Choice is not null) Assert.False(result.Choice.eq(Masked).any().ToBoolean());
        if (result.LogProbability is not null) Assert.True(result.LogProbability.le(1e-12).all().ToBoolean());
        // c = Σ w v, with w the shares if there are any, else 1 at the choice if there is one, else the weights.
        var shares = result.Shares ?? (result.Choice is null ? result.Weights : result.Choice.unsqueeze(-1).eq(arange(N)).sum(2).to(float64));
        Assert.True(result.Context.allclose(shares.matmul(values), 0, 1e-12));
    }

    private static bool Reaches(Func<Tensor?> part, Tensor queries)
    {
        var value = part();
        queries.grad = null;
        if (value is null || !value.requires_grad) return false;
        value.backward(retain_graph: true);
        return queries.grad is not null && queries.grad.select(1, 1).abs().sum().ToDouble() > 0;
    }

    private static string Table()
    {
        var text = new StringBuilder("""
            # What combines with what

            Every score with every distribution with every read. Each cell is a test (`CombinationTests`): two steps with one location masked, forwards and backwards, in float64.
            The cell says how a gradient reaches the score: **∇** by backpropagation, **E** by an estimator (`Gradients/`), **∇E** by both, **·** not at all.
            `HardKuma` is drawn differentiably, so its draws need no estimator. `Mixed` shows ∇ where the seed of the test reads some example softly.
            This page is generated by the test that checks it.

            """.ReplaceLineEndings("\n"));
        foreach (var score in Scores)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {score}\n\n| | {string.Join(" | ", Reads)} |\n|{string.Concat(Enumerable.Repeat(" --- |", Reads.Length + 1))}\n");
            foreach (var distribution in Distributions.Where(distribution => Fit(score, distribution)))
                text.Append(CultureInfo.InvariantCulture, $"| {distribution} | {string.Join(" | ", Reads.Select(read => Try(score, distribution, read)))} |\n");
        }

        return text.ToString();
    }

    // Two scores for each location are for the distributions that take two.
    private static bool Fit(string score, string distribution) => score != "ScorePair" || distribution is "Mocha" or "HardKuma";

    internal static Score Scorer(string name) => name switch
    {
        "AdditiveScore" => new AdditiveScore(D, D, 3),
        "NormalizedAdditiveScore" => new NormalizedAdditiveScore(D, D, 3),
        "DotScore" => new DotScore(),
        "ScaledDotScore" => new ScaledDotScore(),
        "GeneralScore" => new GeneralScore(D, D),
        "ConcatScore" => new ConcatScore(D, D, 3),
        "LocationAwareScore" => new LocationAwareScore(D, D, 3, filters: 2, width: 3),
        "LocalMonotonicScore" => new LocalMonotonicScore(new DotScore(), 3),
        "LocalPredictiveScore" => new LocalPredictiveScore(new DotScore(), D, 3),
        "ScorePair" => new ScorePair(new DotScore(), new GeneralScore(D, D)),
        _ => new UniformScore(),
    };

    internal static Distribution Map(string name) => name switch
    {
        "Softmax" => new Softmax(),
        "Sparsemax" => new Sparsemax(),
        "Entmax15" => new Entmax15(),
        "AlphaEntmax" => new AlphaEntmax(1.3),
        "Monotonic" => new Monotonic(),
        "Mocha" => new Mocha(2),
        "Sigmoid" => new Sigmoid(),
        _ => new HardKuma(),
    };

    private static Attention Make(string score, string distribution, string read)
    {
        Read Reader() => read switch
        {
            "Expected" => new Expected(),
            "Sampled" => new Sampled(),
            "MostLikely" => new MostLikely(),
            "TopK" => new TopK(2),
            "WithoutReplacement" => new WithoutReplacement(2),
            "GumbelSoftmax" => new GumbelSoftmax(0.7),
            "StraightThrough" => new StraightThrough(),
            "Mixed" => new Mixed(),
            _ => new Chosen(zeros(B, 1, 1, int64)),
        };
        return Draw.Weights(new Attention(Scorer(score), Map(distribution), Reader()), 4);
    }

    private static string TableFile([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../lib/AttentionNotebooks/Attention/COMBINATIONS.md"));
}
