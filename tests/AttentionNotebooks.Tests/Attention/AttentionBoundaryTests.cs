using TorchSharp;
using static AttentionNotebooks.SmallAttention;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class AttentionBoundaryTests
{
    [Theory]
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
    public void A_row_without_any_location_reads_nothing_without_NaN_in_either_direction(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        foreach (var dtype in new[] { float32, float64 })
        {
            var attention = Bahdanau(read).to(dtype);
            var (query, keys, values) = (Draw.Normal(2, [B, T, 3], dtype).requires_grad_(), Draw.Normal(3, [B, N, 2], dtype).requires_grad_(), Draw.Normal(4, [B, N, D], dtype).requires_grad_());

            var result = attention.forward(query, keys, values, LastRowEmpty(), generator);
            var all = result.Context.sum() + result.Weights.square().sum();
            if (result.LogProbability is not null) all += (result.LogProbability + result.Entropy!).sum();
            all.backward();

            Assert.Equal(dtype, result.Context.dtype);
            Assert.Equal(0, result.Context[-1].abs().sum().ToDouble());
            Assert.Equal(0, result.Weights[-1].abs().sum().ToDouble());
            if (result.Choice is not null) Assert.True(result.Choice[-1].eq(Categorical.Nothing).all().ToBoolean());
            if (result.LogProbability is not null) Assert.Equal(0, (result.LogProbability[-1].abs() + result.Entropy![-1].abs()).sum().ToDouble());
            foreach (var input in new[] { query, keys, values })
            {
                Assert.True(input.grad!.isfinite().all().ToBoolean());
                Assert.Equal(0, input.grad[-1].abs().sum().ToDouble());
                Assert.NotEqual(0, input.grad[0].abs().sum().ToDouble());
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
    public void One_example_with_one_location_is_that_location(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var values = Draw.Normal(4, [1, 1, D], ScalarType.Float32);

        var result = Bahdanau(read).forward(randn(1, 1, 3, generator: generator), randn(1, 1, 2, generator: generator), values, generator: generator);

        Assert.True(result.Context.Equals(values));
        Assert.Equal(1, result.Weights.ToSingle());
        Assert.Equal(0, (result.LogProbability ?? zeros(1)).abs().ToDouble());
        Assert.Equal(0, (result.Entropy ?? zeros(1)).abs().ToDouble());
    }

    [Theory]
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
    public void An_empty_batch_is_read_like_any_other(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);

        var result = Bahdanau(read).forward(zeros(0, T, 3), zeros(0, N, 2), zeros(0, N, D), ones(0, N, @bool), generator);

        Assert.Equal([0L, T, D], result.Context.shape);
        Assert.Equal([0L, T, N], result.Weights.shape);
    }

    [Theory]
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
    public void Layout_in_memory_does_not_matter(Read read)
    {
        using var scope = NewDisposeScope();
        var attention = Bahdanau(read);
        var (query, keys, values) = Inputs();
        var mask = LastRowEmpty();
        static Tensor Scattered(Tensor tensor) => tensor.transpose(0, 1).contiguous().transpose(0, 1);

        using var first = new Generator(1);
        using var second = new Generator(1);
        var straight = attention.forward(query, keys, values, mask, first);
        var scattered = attention.forward(Scattered(query), Scattered(keys), Scattered(values), Scattered(mask), second);

        Assert.True(straight.Context.allclose(scattered.Context, 1e-5, 1e-6));
        Assert.True(straight.Weights.allclose(scattered.Weights, 1e-5, 1e-6));
    }

    [Theory]
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
    public void Values_that_do_not_belong_to_the_keys_are_an_error_that_names_them(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (query, keys, _) = Inputs();

        foreach (var values in new[] { zeros(B, N + 1, D), zeros(B + 1, N, D) })
        {
            var error = Assert.Throws<ArgumentException>(() => Bahdanau(read).forward(query, keys, values, generator: generator));
            Assert.StartsWith($"values has shape [{string.Join(", ", values.shape)}], expected [3, 4, D].", error.Message, StringComparison.Ordinal);
        }

        Assert.StartsWith("values has shape [3, 4], expected [B, N, D].", Assert.Throws<ArgumentException>(() => Bahdanau(read).forward(query, keys, zeros(B, N), generator: generator)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
    public void Lazy_values_of_another_shape_are_an_error_that_names_them(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (query, keys, _) = Inputs();
        var values = Values.Lazy(() => zeros(B, D, N), _ => zeros(B, D));

        var error = Assert.Throws<ArgumentException>(() => Bahdanau(read).forward(query, keys, values, generator: generator));

        Assert.StartsWith("values has shape [", error.Message, StringComparison.Ordinal);
    }
}
