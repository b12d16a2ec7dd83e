using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ScoreTests
{
    private const long B = 2, T = 3, N = 4;

    public static TheoryData<string> Names => ["additive", "dot", "scaled dot", "normalised additive", "general", "concat", "location-aware", "local-m", "local-p", "uniform"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_central_differences(string name)
    {
        using var scope = NewDisposeScope();
        var score = Make(name);
        var (query, keys) = (Draw.Leaf(1, B, Steps(name), 5), Draw.Leaf(2, B, N, 5));

        var result = GradCheck.Run(score, () => score.call(query, keys), query, keys);

        Assert.True(result.Within(1e-7), result.ToString());
        Assert.Equal(query.numel() + keys.numel() + score.parameters().Sum(parameter => parameter.numel()), result.Checked);
    }

    [Fact]
    public void The_additive_score_is_its_formula()
    {
        using var scope = NewDisposeScope();
        var score = Draw.Weights(new AdditiveScore(3, 2, 4), 1);
        var weights = score.state_dict();
        var (query, keys) = (Draw.Normal(2, [B, T, 3]), Draw.Normal(3, [B, N, 2]));

        var scores = score.call(query, keys);

        Assert.Equal([B, T, N], scores.shape);
        for (var (b, t, n) = (0, 0, 0); b < B; (b, t, n) = Next(b, t, n))
        {
            var hidden = (weights["projectQuery.weight"].mv(query[b, t]) + weights["projectQuery.bias"] + weights["projectKey.weight"].mv(keys[b, n])).tanh();
            Assert.Equal(weights["combine.weight"][0].dot(hidden).ToDouble(), scores[b, t, n].ToDouble(), 12);
        }
    }

    [Fact]
    public void The_normalised_additive_score_is_the_additive_one_along_its_direction_and_begins_where_it_is_told()
    {
        using var scope = NewDisposeScope();
        var score = Draw.Weights(new NormalizedAdditiveScore(3, 2, 4, offset: -3), 1);
        var weights = score.state_dict();
        var (query, keys) = (Draw.Normal(2, [B, T, 3]), Draw.Normal(3, [B, N, 2]));
        var plain = new AdditiveScore(3, 2, 4).to(float64);
        using (no_grad())
            foreach (var (name, weight) in plain.state_dict()) weight.copy_(weights[$"additive.{name}"]);

        // g = 1/√H + γ, r = −3 + ρ
        var (g, r) = (0.5 + weights["scale"].ToDouble(), -3 + weights["offset"].ToDouble());
        var expected = g * plain.call(query, keys) / weights["additive.combine.weight"].pow(2).sum().sqrt() + r;
        Assert.True(score.call(query, keys).allclose(expected, 0, 1e-12));

        using var generator = new Generator(5);
        Initialization.Draw(score, generator);
        using (no_grad()) weights["additive.projectQuery.weight"].zero_();
        Assert.Equal(-3, score.call(query, zeros(B, N, 2, float64)).mean().ToDouble(), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalizedAdditiveScore(1, 1, 1, double.NaN));
    }

    [Fact]
    public void The_scaled_dot_score_is_its_formula()
    {
        using var scope = NewDisposeScope();
        using var score = new ScaledDotScore();
        var (query, keys) = (Draw.Normal(2, [B, T, 9]), Draw.Normal(3, [B, N, 9]));

        var scores = score.call(query, keys);

        Assert.Equal([B, T, N], scores.shape);
        for (var (b, t, n) = (0, 0, 0); b < B; (b, t, n) = Next(b, t, n))
            Assert.Equal(query[b, t].dot(keys[b, n]).ToDouble() / 3, scores[b, t, n].ToDouble(), 12);
    }

    [Fact]
    public void The_general_score_is_its_formula_and_with_the_identity_the_dot_product()
    {
        using var scope = NewDisposeScope();
        var general = Draw.Weights(new GeneralScore(3, 2), 1);
        var matrix = general.state_dict()["project.weight"];
        var (query, keys) = (Draw.Normal(2, [B, T, 3]), Draw.Normal(3, [B, N, 2]));

        var scores = general.call(query, keys);

        for (var (b, t, n) = (0, 0, 0); b < B; (b, t, n) = Next(b, t, n))
            Assert.Equal(query[b, t].dot(matrix.mv(keys[b, n])).ToDouble(), scores[b, t, n].ToDouble(), 12);
        var square = new GeneralScore(3, 3).to(float64);
        using (no_grad()) square.state_dict()["project.weight"].copy_(eye(3));
        var others = Draw.Normal(4, [B, N, 3]);
        Assert.True(square.call(query, others).allclose(new DotScore().call(query, others), 0, 1e-14));
        Assert.True((new ScaledDotScore().call(query, others) * Math.Sqrt(3)).allclose(new DotScore().call(query, others), 0, 1e-14));
    }

    [Fact]
    public void The_concat_score_is_the_additive_one_with_its_matrices_side_by_side()
    {
        using var scope = NewDisposeScope();
        var (concat, additive) = (Draw.Weights(new ConcatScore(3, 2, 4), 1), Draw.Weights(new AdditiveScore(3, 2, 4), 2));
        var (from, to) = (concat.state_dict(), additive.state_dict());
        using (no_grad())
        {
            to["projectQuery.weight"].copy_(from["project.weight"].narrow(1, 0, 3));
            to["projectQuery.bias"].zero_();
            to["projectKey.weight"].copy_(from["project.weight"].narrow(1, 3, 2));
            to["combine.weight"].copy_(from["combine.weight"]);
        }

        var (query, keys) = (Draw.Normal(2, [B, T, 3]), Draw.Normal(3, [B, N, 2]));

        Assert.True(concat.call(query, keys).allclose(additive.call(query, keys), 0, 1e-13));
    }

    [Fact]
    public void The_uniform_score_is_zero_and_gives_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var score = new UniformScore();

        var scores = score.call(Draw.Leaf(1, B, T, 5), Draw.Leaf(2, B, N, 7));

        Assert.Equal([B, T, N], scores.shape);
        Assert.Equal(float64, scores.dtype);
        Assert.Equal(0, scores.abs().sum().ToDouble());
        Assert.False(scores.requires_grad);
        Assert.Empty(score.parameters());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Layout_in_memory_does_not_matter(string name)
    {
        using var scope = NewDisposeScope();
        var score = Make(name);
        var (query, keys) = (Draw.Normal(1, [5, Steps(name) + 1, B]).transpose(0, 2).narrow(1, 0, Steps(name)), Draw.Normal(2, [N, B, 5]).transpose(0, 1));
        Assert.False(query.is_contiguous() || keys.is_contiguous());

        var scores = score.call(query, keys);

        Assert.True(scores.allclose(score.call(query.contiguous(), keys.contiguous()), 1e-12, 1e-12));
    }

    [Theory]
    [InlineData("additive", 0, 4)]
    [InlineData("additive", 2, 1)]
    [InlineData("scaled dot", 0, 4)]
    [InlineData("scaled dot", 2, 1)]
    [InlineData("local-m", 0, 4)]
    [InlineData("local-m", 2, 1)]
    [InlineData("local-p", 0, 4)]
    [InlineData("local-p", 2, 1)]
    [InlineData("uniform", 0, 4)]
    [InlineData("uniform", 2, 1)]
    public void An_empty_batch_and_a_single_location_have_scores_of_their_shape(string name, long batch, long locations)
    {
        using var scope = NewDisposeScope();

        var scores = Make(name).call(Draw.Normal(1, [batch, T, 5]), Draw.Normal(2, [batch, locations, 5]));

        Assert.Equal([batch, T, locations], scores.shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shape_that_does_not_fit_is_an_error_that_names_the_tensor_and_both_shapes(string name)
    {
        using var scope = NewDisposeScope();
        var score = Make(name);

        var flat = Assert.Throws<ArgumentException>(() => score.call(zeros(B, 5, dtype: float64), zeros(B, N, 5, dtype: float64)));
        var otherBatch = Assert.Throws<ArgumentException>(() => score.call(zeros(B, Steps(name), 5, dtype: float64), zeros(B + 1, N, 5, dtype: float64)));

        Assert.Equal("query", flat.ParamName);
        Assert.StartsWith("query has shape [2, 5], expected [B, ", flat.Message, StringComparison.Ordinal);
        Assert.Equal("keys", otherBatch.ParamName);
        Assert.StartsWith("keys has shape [3, 4, 5], expected [2, N, ", otherBatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_do_not_fit_are_an_error()
    {
        using var scope = NewDisposeScope();
        using var additive = new AdditiveScore(5, 6, 3);
        using var dot = new ScaledDotScore();

        Assert.Contains("expected [B, T, 5]", Assert.Throws<ArgumentException>(() => additive.call(zeros(B, T, 4), zeros(B, N, 6))).Message, StringComparison.Ordinal);
        Assert.Contains("expected [2, N, 6]", Assert.Throws<ArgumentException>(() => additive.call(zeros(B, T, 5), zeros(B, N, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("expected [2, N, 5]", Assert.Throws<ArgumentException>(() => dot.call(zeros(B, T, 5), zeros(B, N, 6))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void A_width_below_one_is_an_error(long query, long key, long hidden) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdditiveScore(query, key, hidden));

    // A location-aware score is asked one step at a time.
    private static long Steps(string name) => name == "location-aware" ? 1 : T;

    internal static Score Make(string name) => name switch
    {
        "additive" => Draw.Weights(new AdditiveScore(5, 5, 3), 7),
        "normalised additive" => Draw.Weights(new NormalizedAdditiveScore(5, 5, 3), 7),
        "dot" => new DotScore(),
        "general" => Draw.Weights(new GeneralScore(5, 5), 7),
        "concat" => Draw.Weights(new ConcatScore(5, 5, 3), 7),
        "scaled dot" => new ScaledDotScore(),
        "location-aware" => Draw.Weights(new LocationAwareScore(5, 5, 3, filters: 2, width: 3), 7),
        // Windows as wide as the keys: what lies outside has no derivative, and a test of its own.
        "local-m" => new LocalMonotonicScore(new DotScore(), 4),
        "local-p" => Draw.Weights(new LocalPredictiveScore(new DotScore(), 5, 4), 7),
        "uniform" => new UniformScore(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such score."),
    };

    private static (int B, int T, int N) Next(int b, int t, int n) =>
        n + 1 < N ? (b, t, n + 1) : t + 1 < T ? (b, t + 1, 0) : (b + 1, 0, 0);
}
