using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Spans against loops over the formula, at both ends, and where a caller skips what they cannot see.</summary>
public class AdaptiveSpanTests
{
    private const long B = 2, K = 3, T = 2, N = 7;

    [Property(MaxTest = 40)]
    public void A_loop_over_the_formula_gives_the_same(int seed, byte spanSize, byte rampSize)
    {
        using var scope = NewDisposeScope();
        var (z, ramp) = (spanSize % 7, 0.5 + rampSize % 5);
        using var span = new AdaptiveSpan(1, 10, ramp, z);
        span.to(float64);
        var scores = Draw.Normal((ulong)(uint)seed, [1, 1, T, N]);
        var distances = Distances();

        var weights = span.call(nn.functional.softmax(scores, -1), distances);

        for (var t = 0; t < T; t++)
        {
            // a_tn = m_z(x_tn) exp(e_tn) / Σ m_z exp(e)
            var masked = Enumerable.Range(0, (int)N).Select(n => Math.Clamp((ramp + z - distances[t, n].ToDouble()) / ramp, 0, 1) * Math.Exp(scores[0, 0, t, n].ToDouble())).ToArray();
            for (var n = 0; n < N; n++) Assert.Equal(masked[n] / masked.Sum(), weights[0, 0, t, n].ToDouble(), 1e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_central_differences(bool masked)
    {
        using var scope = NewDisposeScope();
        using var span = Heads(0.31, 0.137, 0.53);
        var scores = Draw.Leaf(1, B, K, T, N);
        var mask = masked ? tensor([true, true, true, false, true, true, false]) : ones(N, @bool);
        Tensor Narrow() => span.call(nn.functional.softmax(scores.masked_fill(mask.logical_not(), double.NegativeInfinity), -1), Distances());

        var weights = GradCheck.Run(span, Narrow, scores);
        var penalty = GradCheck.Run(span, span.MeanSpan);

        Assert.True(weights.Within(1e-7), weights.ToString());
        Assert.True(penalty.Within(1e-7), penalty.ToString());
    }

    [Fact]
    public void The_longest_span_leaves_softmax_as_it_is_and_the_shortest_sees_the_ramp_only()
    {
        using var scope = NewDisposeScope();
        var weights = nn.functional.softmax(Draw.Normal(1, [B, 1, T, N]), -1);
        using var longest = new AdaptiveSpan(1, N, 2, N);
        using var shortest = new AdaptiveSpan(1, N, 2, 0);
        longest.to(float64);
        shortest.to(float64);

        Assert.True(longest.call(weights, Distances()).allclose(weights, 0, 1e-15));
        var near = shortest.call(weights, Distances());
        Assert.Equal(0, near.masked_select(Distances() >= 2).abs().sum().ToDouble());
        Assert.True(near.sum(-1).allclose(ones(B, 1, T, float64)));
    }

    [Fact]
    public void What_lies_beyond_the_reach_can_be_left_out()
    {
        using var scope = NewDisposeScope();
        using var span = Heads(0.1, 0.3, 0.05);
        var (scores, distances) = (Draw.Normal(1, [B, K, 1, N]), arange(N, float64).unsqueeze(0));
        var kept = (long)Math.Ceiling(span.Reach());

        var all = span.call(nn.functional.softmax(scores, -1), distances);
        var near = span.call(nn.functional.softmax(scores.narrow(-1, 0, kept), -1), distances.narrow(-1, 0, kept));

        Assert.Equal(3 + 1.5, span.Reach(), 6);
        Assert.InRange(kept, 1, N - 1);
        Assert.Equal(0, all.narrow(-1, kept, N - kept).abs().sum().ToDouble());
        Assert.True(all.narrow(-1, 0, kept).allclose(near, 0, 1e-12));
    }

    [Fact]
    public void A_span_that_was_pushed_out_of_its_range_comes_back()
    {
        using var scope = NewDisposeScope();
        using var span = Heads(0.2, 0.2, 0.2);
        using var optimizer = optim.SGD(span.parameters(), 0.1);
        for (var step = 0; step < 20; step++) Step(span.MeanSpan());
        Assert.Equal(0, span.Spans().abs().max().ToDouble());

        for (var step = 0; step < 3; step++) Step(-span.MeanSpan());
        Assert.True(span.Spans().min().ToDouble() > 0);

        void Step(Tensor loss)
        {
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    [Fact]
    public void A_penalty_shrinks_the_spans_of_heads_that_need_no_distance()
    {
        using var scope = NewDisposeScope();
        using var span = Heads(0.9, 0.9, 0.9);
        using var optimizer = optim.SGD(span.parameters(), 0.05);
        var weights = full([1, K, 1, N], 1.0 / N, float64);
        for (var step = 0; step < 200; step++)
        {
            optimizer.zero_grad();
            // The first head is paid for looking far, the others only pay.
            var far = (span.call(weights, arange(N, float64).unsqueeze(0)) * arange(N, float64)).sum(-1)[0, 0, 0];
            (0.3 * span.MeanSpan() - far).backward();
            optimizer.step();
        }

        Assert.True(span.Spans()[0].ToDouble() > 4, $"{span.Spans()[0].ToDouble()}");
        Assert.Equal(0, span.Spans().narrow(0, 1, 2).max().ToDouble());
    }

    [Fact]
    public void A_row_without_weight_stays_without_and_brings_no_NaN()
    {
        using var scope = NewDisposeScope();
        using var span = new AdaptiveSpan((int)K, 10, 1, 1);
        var weights = zeros(B, K, T, N).requires_grad_();

        var narrowed = span.call(weights, Distances().to(float32));
        narrowed.square().sum().backward();

        Assert.Equal(0, narrowed.abs().sum().ToSingle());
        Assert.True(weights.grad!.isfinite().all().ToBoolean());
        Assert.Equal(float32, narrowed.dtype);
    }

    [Fact]
    public void It_is_saved_and_loaded_takes_an_empty_batch_and_leaves_nothing()
    {
        using var scope = NewDisposeScope();
        using var span = Heads(0.1, 0.2, 0.3);
        using var other = Heads(0.5, 0.5, 0.5);
        Saved.Copy(span, other);
        var weights = Draw.Normal(1, [B, K, T, N]).abs();
        var scattered = weights.transpose(0, 3).contiguous().transpose(0, 3);

        Assert.True(other.call(scattered, Distances()).allclose(span.call(weights, Distances()), 0, 1e-14));
        Assert.Equal([0L, K, T, N], span.call(zeros(0, K, T, N, float64), Distances()).shape);
        Assert.Equal(1, span.call(ones(1, K, 1, 1, float64), zeros(1, 1, float64)).min().ToDouble());
        var distances = Distances();
        Assert.Equal(1, LiveTensors.HandedOverBy(() => span.call(weights, distances)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => span.MeanSpan()));
        Assert.Equal(0, LiveTensors.HandedOverBy(() => span.Reach()));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var span = new AdaptiveSpan(3, 10, 1, 1);

        Assert.StartsWith("weights has shape [2, 2, 2, 7], expected [B, 3, T, N].", Assert.Throws<ArgumentException>(() => span.call(zeros(2, 2, 2, 7), zeros(2, 7))).Message, StringComparison.Ordinal);
        Assert.StartsWith("distances has shape [7], expected [2, 7].", Assert.Throws<ArgumentException>(() => span.call(zeros(2, 3, 2, 7), zeros(7))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveSpan(0, 10, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveSpan(1, 10, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveSpan(1, 10, 1, 11));
    }

    private static AdaptiveSpan Heads(params double[] fractions)
    {
        var span = new AdaptiveSpan(fractions.Length, 10, 1.5, 5);
        span.to(float64);
        using var _ = no_grad();
        span.parameters().Single().copy_(tensor(fractions));
        return span;
    }

    private static Tensor Distances() => (arange(N, float64).unsqueeze(0) - tensor([1.3, 4.4]).unsqueeze(1)).abs();
}
