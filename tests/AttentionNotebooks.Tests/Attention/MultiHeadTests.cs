using static TorchSharp.torch;

namespace AttentionNotebooks;

public class MultiHeadTests
{
    private const long B = 2, T = 3, N = 4, D = 6, K = 2;

    public static TheoryData<Read> Reads => SmallAttention.Reads;

    [Theory]
    [InlineData("scaled dot", false)]
    [InlineData("scaled dot", true)]
    [InlineData("additive", true)]
    [InlineData("general", false)]
    [InlineData("local-p", false)]
    public void It_is_an_attention_for_each_head_put_side_by_side(string score, bool masked)
    {
        using var scope = NewDisposeScope();
        using var heads = Draw.Weights(new MultiHead(new Attention(Score(score), new Softmax(), new Expected()), K, D, 5, 7, 8), 1);
        var weights = heads.state_dict();
        var (query, keys, values) = (Draw.Normal(2, [B, T, 5]), Draw.Normal(3, [B, N, 7]), Draw.Normal(4, [B, N, 8]));
        var mask = masked ? tensor([true, false, true, true, true, true, true, false], [B, N]) : null;

        var result = heads.forward(query, keys, values, mask);

        Tensor Part(string name, Tensor input, long head) => nn.functional.linear(input, weights[name + ".weight"].narrow(0, head * 3, 3), weights[name + ".bias"].narrow(0, head * 3, 3));
        var each = Enumerable.Range(0, (int)K).Select(head => heads.Attention.forward(Part("projectQuery", query, head), Part("projectKey", keys, head), Part("projectValue", values, head), mask)).ToArray();
        var expected = nn.functional.linear(cat([.. each.Select(one => one.Context)], -1), weights["output.weight"], weights["output.bias"]);
        Assert.True(result.Context.allclose(expected, 0, 1e-12));
        Assert.True(result.Weights.allclose(cat([.. each.Select(one => one.Weights)], 1), 0, 1e-13));
        Assert.Equal(K, result.Heads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_central_differences_masked_and_not(bool masked)
    {
        using var scope = NewDisposeScope();
        using var heads = Draw.Weights(new MultiHead(new Attention(new ScaledDotScore(), new Softmax(), new Expected()), K, 4), 1);
        var (query, keys, values) = (Draw.Leaf(2, B, T, 4), Draw.Leaf(3, B, N, 4), Draw.Leaf(4, B, N, 4));
        var mask = masked ? tensor([true, false, true, true, false, false, false, false], [B, N]) : null;

        var result = GradCheck.Run(heads, () => heads.forward(query, keys, values, mask).Context, query, keys, values);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Lazy_values_are_read_as_values_that_are_there(Read read)
    {
        using var scope = NewDisposeScope();
        using var heads = Draw.Weights(new MultiHead(new Attention(new DotScore(), new Softmax(), read), K, D), 1);
        var (query, keys, values) = (Draw.Normal(2, [B, T, D]), Draw.Normal(3, [B, N, D]), Draw.Normal(4, [B, N, D]));

        var present = heads.forward(query, keys, values, generator: new Generator(1));
        var lazy = heads.forward(query, keys, Values.Lazy(values.alias, Values.FromTensor(values).At), generator: new Generator(1));

        Assert.True(present.Context.allclose(lazy.Context, 0, 1e-12));
        Assert.Equal([B, K * T, N], present.Weights.shape);
        if (present.LogProbability is not null) Assert.Equal([B, K * T], present.LogProbability.shape);
        if (present.Choice is not null) Assert.Equal(K * T, present.Choice.shape[1]);
    }

    [Fact]
    public void Steps_follow_on_each_other_in_every_head()
    {
        using var scope = NewDisposeScope();
        using var heads = Draw.Weights(new MultiHead(new Attention(new DotScore(), new Monotonic(), new Expected()), K, D), 1);
        var (query, keys) = (Draw.Normal(2, [B, T, D]), Draw.Normal(3, [B, N, D]));

        var atOnce = heads.forward(query, keys, keys);
        var (past, contexts) = (default(Past), new List<Tensor>());
        for (var t = 0; t < T; t++)
        {
            var step = heads.forward(query.narrow(1, t, 1), keys, keys, past: past);
            past = Past.After(step, past);
            contexts.Add(step.Context);
        }

        Assert.True(cat(contexts, 1).allclose(atOnce.Context, 0, 1e-12));
        Assert.Equal([B, K, N], past!.Coverage.shape);
        Assert.True(Past.After(atOnce).Coverage.allclose(past.Coverage, 0, 1e-12));
    }

    [Fact]
    public void It_is_saved_and_loaded_and_leaves_nothing()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "heads.dat");
        MultiHead Make() => new(new Attention(new AdditiveScore(3, 3, 4), new Softmax(), new Expected()), K, D);
        using var saved = Make();
        using var loaded = Make();
        var (query, keys) = (Draw.Normal(2, [B, T, D], ScalarType.Float32), Draw.Normal(3, [B, N, D], ScalarType.Float32));
        saved.save(file);
        loaded.load(file);

        Assert.True(saved.forward(query, keys, keys).Context.Equals(loaded.forward(query, keys, keys).Context));
        Assert.Equal(0, LiveTensors.LeftBy(() => saved.forward(query, keys, keys).Weights.sum()));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_errors()
    {
        using var scope = NewDisposeScope();
        static Attention Plain() => new(new DotScore(), new Softmax(), new Expected());
        using var heads = new MultiHead(Plain(), K, D);

        Assert.Contains("7 features cannot be shared evenly by 2 heads", Assert.Throws<ArgumentOutOfRangeException>(() => new MultiHead(Plain(), 2, 7)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiHead(Plain(), 0, 6));
        Assert.StartsWith("query has shape [2, 3, 5], expected [B, T, 6].", Assert.Throws<ArgumentException>(() => heads.forward(zeros(B, T, 5), zeros(B, N, D), zeros(B, N, D))).Message, StringComparison.Ordinal);
        Assert.StartsWith("values has shape [2, 4, 5], expected [2, N, 6].", Assert.Throws<ArgumentException>(() => heads.forward(zeros(B, T, D), zeros(B, N, D), zeros(B, N, 5))).Message, StringComparison.Ordinal);
    }

    private static Score Score(string name) => name switch
    {
        "scaled dot" => new ScaledDotScore(),
        "additive" => new AdditiveScore(3, 3, 4),
        "general" => new GeneralScore(3, 3),
        _ => new LocalPredictiveScore(new DotScore(), 3, 2),
    };
}
