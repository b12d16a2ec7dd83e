using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>The sentinel as one more location, against the mixture it stands for.</summary>
public class SentinelAttentionTests
{
    private const long B = 3, T = 2, N = 4, D = 5;

    public static TheoryData<Read> Reads => [new Expected(), new Sampled(), new MostLikely(), new TopK(2), new GumbelSoftmax(0.7), new StraightThrough()];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_central_differences(bool masked)
    {
        using var scope = NewDisposeScope();
        using var sentinel = Draw.Weights(new VisualSentinel(2, 3, D), 1);
        using var attention = Draw.Weights(Additive(new Expected()), 2);
        var (query, keys, values) = (Draw.Leaf(3, B, T, 3), Draw.Leaf(4, B, N, 2), Draw.Leaf(5, B, N, D));
        var (input, state, memory) = (Draw.Leaf(6, B, T, 2), Draw.Leaf(7, B, T, 3), Draw.Leaf(8, B, T, D));
        var mask = masked ? LastRowEmpty() : null;
        SentinelResult Attend() => attention.forward(query, keys, values, sentinel.call(input, state, memory), mask);
        Tensor[] inputs = [query, keys, values, input, state, memory, .. sentinel.parameters(), .. attention.parameters()];

        var context = GradCheck.Run(() => Attend().Attended.Context, inputs);
        var beta = GradCheck.Run(() => Attend().Sentinel, inputs);

        Assert.True(context.Within(1e-7), context.ToString());
        Assert.True(beta.Within(1e-7), beta.ToString());
    }

    [Fact]
    public void The_sentinel_is_the_gated_memory()
    {
        using var scope = NewDisposeScope();
        using var sentinel = Draw.Weights(new VisualSentinel(2, 3, D), 1);
        var (input, state, memory) = (Draw.Normal(6, [B, T, 2]), Draw.Normal(7, [B, T, 3]), Draw.Normal(8, [B, T, D]));

        var s = sentinel.call(input, state, memory);

        var (x, h) = (sentinel.get_parameter("gateInput.weight")!, sentinel.get_parameter("gateState.weight")!);
        for (var d = 0; d < D; d++)
        {
            var gate = 1 / (1 + Math.Exp(-(x[d].dot(input[1, 1]) + h[d].dot(state[1, 1])).ToDouble()));
            Assert.Equal(gate * Math.Tanh(memory[1, 1, d].ToDouble()), s[1, 1, d].ToDouble(), 12);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Softly_it_is_the_mixture_of_sentinel_and_plain_attention(bool masked)
    {
        using var scope = NewDisposeScope();
        using var inner = Draw.Weights(Bahdanau(new Expected()), 2);
        using var attention = new SentinelAttention(inner, D, 2);
        attention.to(float64);
        var (query, keys, values, sentinel) = Inputs(float64);
        var mask = masked ? tensor(new[] { true, false, true, true, true, true, true, true, false, false, false, true }, [B, N]) : null;

        var result = attention.forward(query, keys, values, sentinel, mask);
        var plain = inner.forward(query, keys, values, mask);

        // ĉ = β s + (1 − β) c, and the regions share 1 − β as they do without a sentinel.
        var beta = result.Sentinel.unsqueeze(-1);
        Assert.True(result.Attended.Context.allclose(beta * sentinel + (1 - beta) * plain.Context, 0, 1e-12));
        Assert.True(result.Attended.Weights.allclose(cat([(1 - beta) * plain.Weights, beta], -1), 0, 1e-12));
        Assert.True(result.Sentinel.min().ToDouble() > 0.001 && result.Sentinel.max().ToDouble() < 0.999);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void A_sentinel_out_of_reach_leaves_plain_attention_and_one_above_all_is_all_that_is_read(Read read)
    {
        using var scope = NewDisposeScope();
        using var inner = new Attention(new DotScore(), new Softmax(), read);
        using var attention = new SentinelAttention(inner, D, 2);
        var (_, keys, values, sentinel) = Inputs(float32);
        var query = ones(B, T, 2);
        sentinel = sentinel.abs() + 0.1;
        foreach (var (direction, beta) in new[] { (-1e5, 0.0), (1e5, 1.0) })
        {
            using (no_grad()) attention.parameters().Single().fill_(direction);
            using var generator = new Generator(1);

            var result = attention.forward(query, keys, values, sentinel, null, generator);

            Assert.True(result.Sentinel.eq(beta).all().ToBoolean());
            if (beta == 1)
            {
                Assert.True(result.Attended.Context.allclose(sentinel, 1e-6, 1e-6));
                if (result.Attended.Choice is not null) Assert.True(result.Attended.Choice.select(-1, 0).eq(N).all().ToBoolean());
            }
            else
            {
                if (read is Sampled or MostLikely or StraightThrough) Assert.True(result.Attended.Choice!.lt(N).all().ToBoolean());
                if (read is GumbelSoftmax or Sampled or StraightThrough) continue;
                Assert.True(result.Attended.Context.allclose(inner.forward(query, keys, values).Context, 1e-5, 1e-6));
            }
        }
    }

    [Fact]
    public void Steps_see_their_own_sentinel_only()
    {
        using var scope = NewDisposeScope();
        using var attention = Draw.Weights(Additive(new Expected()), 2);
        var (query, keys, values, sentinel) = Inputs(float64);

        var together = attention.forward(query, keys, values, sentinel);

        for (var t = 0; t < T; t++)
        {
            var alone = attention.forward(query.narrow(1, t, 1), keys, values, sentinel.narrow(1, t, 1));
            Assert.True(together.Attended.Context.narrow(1, t, 1).allclose(alone.Attended.Context, 0, 1e-12));
            Assert.True(together.Sentinel.narrow(1, t, 1).allclose(alone.Sentinel, 0, 1e-12));
        }
    }

    [Fact]
    public void A_hard_read_asks_for_one_location_and_never_for_all()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var attention = Draw.Weights(Additive(new Sampled()), 2);
        var (query, keys, values, sentinel) = Inputs(float64);
        var (query20, keys20, values20, sentinel20) = (query.repeat(20, 1, 1), keys.repeat(20, 1, 1), values.repeat(20, 1, 1), sentinel.repeat(20, 1, 1));
        var counted = new CountedValues(values20);

        var result = attention.forward(query20, keys20, counted.Lazy, sentinel20, null, generator).Attended;

        Assert.Equal(0, counted.CallsOfAll);
        Assert.Equal(20 * B * T, Assert.Single(counted.Asked).Length);
        var all = cat([values20.unsqueeze(1).expand(20 * B, T, N, D), sentinel20.unsqueeze(2)], 2);
        Assert.True(result.Context.Equals(all.gather(2, result.Choice!.unsqueeze(-1).expand(20 * B, T, 1, D)).squeeze(2)));
        Assert.True(result.LogProbability!.allclose(result.Weights.gather(-1, result.Choice!).squeeze(-1).log(), 0, 1e-12));
        Assert.Equal(N + 1, result.Choice!.flatten().unique().output.shape[0]);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Where_no_location_is_left_the_sentinel_is_read_without_NaN(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var attention = Additive(read);
        var (query, keys, values, sentinel) = Inputs(float32);
        keys.requires_grad_();

        var result = attention.forward(query, keys, values, sentinel, LastRowEmpty(), generator);
        (result.Attended.Context.sum() + result.Attended.Weights.square().sum()).backward();

        Assert.True(result.Attended.Context[-1].allclose(sentinel[-1], 1e-6, 1e-6));
        Assert.True(result.Sentinel[-1].eq(1).all().ToBoolean());
        Assert.True(keys.grad!.isfinite().all().ToBoolean());
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void One_location_and_an_empty_batch_are_like_any_other(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var attention = Additive(read);

        Assert.Equal([1L, 1, 2], attention.forward(zeros(1, 1, 3), zeros(1, 1, 2), zeros(1, 1, D), zeros(1, 1, D), null, generator).Attended.Weights.shape);
        var empty = attention.forward(zeros(0, T, 3), zeros(0, N, 2), zeros(0, N, D), zeros(0, T, D), null, generator);
        Assert.Equal([0L, T, D], empty.Attended.Context.shape);
        Assert.Equal([0L, T], empty.Sentinel.shape);
    }

    [Fact]
    public void Both_modules_are_saved_and_loaded()
    {
        using var scope = NewDisposeScope();
        var (query, keys, values, sentinel) = Inputs(float64);
        using var attention = Draw.Weights(Additive(new Expected()), 2);
        using var other = Draw.Weights(Additive(new Expected()), 9);
        Saved.Copy(attention, other);
        Assert.True(other.forward(query, keys, values, sentinel).Attended.Context.Equals(attention.forward(query, keys, values, sentinel).Attended.Context));

        using var visual = Draw.Weights(new VisualSentinel(3, 3, D), 1);
        using var second = Draw.Weights(new VisualSentinel(3, 3, D), 2);
        Saved.Copy(visual, second);
        Assert.True(second.call(query, query, sentinel).Equals(visual.call(query, query, sentinel)));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Nothing_is_handed_over_but_the_record(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var attention = Additive(read);
        var (query, keys, values, sentinel) = Inputs(float32);
        var result = attention.forward(query, keys, values, sentinel, null, generator).Attended;
        var tensors = LiveTensors.Of(result);

        Assert.Equal(tensors + 1, LiveTensors.HandedOverBy(() => attention.forward(query, keys, new CountedValues(values).Lazy, sentinel, null, generator)));
        Assert.Equal(0, LiveTensors.LeftBy(() => attention.forward(query, keys, values, sentinel, null, generator)));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var attention = Additive(new Expected());
        using var visual = new VisualSentinel(2, 3, D);
        var (query, keys, values, sentinel) = Inputs(float32);

        Assert.StartsWith("sentinel has shape [3, 1, 5]", Assert.Throws<ArgumentException>(() => attention.forward(query, keys, values, sentinel.narrow(1, 0, 1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("keys has shape", Assert.Throws<ArgumentException>(() => attention.forward(query, zeros(B, N, 7), values, sentinel)).Message, StringComparison.Ordinal);
        Assert.StartsWith("values has shape", Assert.Throws<ArgumentException>(() => attention.forward(query, keys, zeros(B, N + 1, D), sentinel)).Message, StringComparison.Ordinal);
        Assert.StartsWith("mask has shape", Assert.Throws<ArgumentException>(() => attention.forward(query, keys, values, sentinel, ones(B, N + 1, @bool))).Message, StringComparison.Ordinal);
        Assert.StartsWith("memory has shape", Assert.Throws<ArgumentException>(() => visual.call(zeros(1, 1, 2), zeros(1, 1, 3), zeros(1, 1, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new VisualSentinel(2, 0, 3));
    }

    private static Attention Bahdanau(Read read) => new(new AdditiveScore(3, 2, 6), new Softmax(), read);

    private static SentinelAttention Additive(Read read) => new(Bahdanau(read), D, 2);

    private static (Tensor Query, Tensor Keys, Tensor Values, Tensor Sentinel) Inputs(ScalarType dtype) =>
        (Draw.Normal(2, [B, T, 3], dtype), Draw.Normal(3, [B, N, 2], dtype), Draw.Normal(4, [B, N, D], dtype), Draw.Normal(5, [B, T, D], dtype));

    private static Tensor LastRowEmpty() =>
        tensor(new[] { true, false, true, true, true, true, true, true, false, false, false, false }, [B, N]);
}
