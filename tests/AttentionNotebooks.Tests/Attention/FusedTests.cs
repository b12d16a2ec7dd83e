using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>The fast path gives what the slow one gives, and the weights when they are asked for.</summary>
public class FusedTests
{
    // Enough weights for the fast path to be taken.
    private const long B = 1, T = 2048, N = 4096, D = 4;

    [Theory]
    [InlineData(1.0, 2, ScalarType.Float64, 1e-12)]
    [InlineData(0.5, D, ScalarType.Float64, 1e-12)]
    [InlineData(3.0, D, ScalarType.Float32, 1e-5)]
    public void The_fused_kernel_gives_the_same_context_weights_and_gradients(double temperature, long valueFeatures, ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var fast = new Attention(new ScaledDotScore(), new Softmax(temperature), new Expected());
        Tensor[] Leaves() => [Draw.Normal(1, [B, T, D], dtype).requires_grad_(), Draw.Normal(2, [B, N, D], dtype).requires_grad_(), Draw.Normal(3, [B, N, valueFeatures], dtype).requires_grad_()];
        var (one, other) = (Leaves(), Leaves());

        var fused = fast.forward(one[0], one[1], one[2]);
        // Lazy values, though there already, are no case for the kernel.
        var plain = fast.forward(other[0], other[1], Values.Lazy(() => other[2].alias(), _ => throw new InvalidOperationException("At() was called.")));
        foreach (var result in new[] { fused, plain }) (result.Context.square().sum() + result.Weights.square().sum()).backward();

        Assert.True(fused.Context.allclose(plain.Context, tolerance, tolerance));
        Assert.True(fused.Weights.allclose(plain.Weights, tolerance, tolerance));
        foreach (var (a, b) in one.Zip(other)) Assert.True(a.grad!.allclose(b.grad!, tolerance, tolerance));
    }

    [Theory]
    [InlineData(1.0, 2)]
    [InlineData(0.5, 6)]
    public void Its_gradients_are_those_of_central_differences(double temperature, long valueFeatures)
    {
        using var scope = NewDisposeScope();
        var (query, keys, values) = (Draw.Leaf(1, 3, 4, 6), Draw.Leaf(2, 3, 7, 6), Draw.Leaf(3, 3, 7, valueFeatures));

        var result = GradCheck.Run(() => FusedAttention.Read(query, keys, values, temperature), [query, keys, values]);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void The_weights_outlive_the_queries_and_keys_they_are_computed_from()
    {
        using var scope = NewDisposeScope();
        using var attention = new Attention(new ScaledDotScore(), new Softmax(), new Expected());
        AttentionResult result;
        using (NewDisposeScope()) result = attention.forward(Draw.Normal(1, [B, T, D]), Draw.Normal(2, [B, N, D]), Draw.Normal(3, [B, N, 2])).MoveToOuterDisposeScope();

        Assert.Equal([B, T, N], result.Weights.shape);
        using (NewDisposeScope()) Assert.True(result.Weights.sum(-1).allclose(ones(B, T, dtype: float64), 0, 1e-12));
        Assert.False(result.Weights.IsInvalid);
    }

    [Fact]
    public void Weights_first_looked_at_in_a_scope_of_their_own_can_be_looked_at_again()
    {
        using var scope = NewDisposeScope();
        using var attention = new Attention(new ScaledDotScore(), new Softmax(), new Expected());
        var result = attention.forward(Draw.Normal(1, [B, T, D]), Draw.Normal(2, [B, N, D]), Draw.Normal(3, [B, N, 2]));

        double sum;
        using (NewDisposeScope()) sum = result.Weights.square().sum().ToDouble();

        Assert.Equal(sum, result.Weights.square().sum().ToDouble());
    }

    [Fact]
    public void It_is_taken_where_everything_allows_it_and_nowhere_else()
    {
        using var scope = NewDisposeScope();
        var (many, few) = (zeros(1, T, 1), zeros(1, 3, 1));
        var keys = zeros(1, N, 1);
        bool Fused(Score score, Distribution distribution, Read read, Tensor query, Values values, Tensor? mask = null) => FusedAttention.Applies(score, distribution, read, query, keys, values, mask);

        Assert.True(Fused(new ScaledDotScore(), new Softmax(2), new Expected(), many, keys));
        Assert.False(Fused(new ScaledDotScore(), new Softmax(), new Expected(), few, keys));
        Assert.False(Fused(new DotScore(), new Softmax(), new Expected(), many, keys));
        Assert.False(Fused(new ScaledDotScore(), new Sparsemax(), new Expected(), many, keys));
        Assert.False(Fused(new ScaledDotScore(), new Softmax(), new MostLikely(), many, keys));
        Assert.False(Fused(new ScaledDotScore(), new Softmax(), new Expected(), many, Values.Lazy(keys.alias, _ => keys)));
        Assert.False(Fused(new ScaledDotScore(), new Softmax(), new Expected(), many, keys, ones(1, N, @bool)));
    }

    [Fact]
    public void Layout_in_memory_does_not_matter_and_nothing_is_left()
    {
        using var scope = NewDisposeScope();
        using var attention = new Attention(new ScaledDotScore(), new Softmax(), new Expected());
        var (query, keys, values) = (Draw.Normal(1, [T, D, B]).permute(2, 0, 1), Draw.Normal(2, [N, B, D]).transpose(0, 1), Draw.Normal(3, [B, 2, N]).transpose(1, 2));

        Assert.True(attention.forward(query, keys, values).Context.allclose(attention.forward(query.contiguous(), keys.contiguous(), values.contiguous()).Context, 0, 1e-13));
        Assert.Equal(0, LiveTensors.LeftBy(() => attention.forward(query, keys, values).Weights.sum()));
        // Context, and handles of its own to query and keys.
        Assert.Equal(3, LiveTensors.HandedOverBy(() => attention.forward(query, keys, values)));
    }

    [Fact]
    public void It_writes_no_weights_down()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (query, keys, values) = (Draw.Normal(1, [1, 2048, 16], float32), Draw.Normal(2, [1, 2048, 16], float32), Draw.Normal(3, [1, 2048, 16], float32));
        var peak = PeakMemory.Of(() => FusedAttention.Read(query, keys, values, 1).Dispose());

        // The weights would be 16.8 MB.
        if (peak is { } megabytes) Assert.InRange(megabytes, 0, 8);
    }
}
