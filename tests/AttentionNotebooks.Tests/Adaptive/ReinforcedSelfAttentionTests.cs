using TorchSharp;
using static AttentionNotebooks.SmallReinforcedSelfAttention;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>ReSA against a computation of every pair, and at its limits.</summary>
public class ReinforcedSelfAttentionTests
{
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
}
