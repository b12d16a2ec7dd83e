using TorchSharp;
using static AttentionNotebooks.SmallAttention;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class AttentionGradientTests
{
    // What straight-through passes back is not the derivative of what it reads; ReadTests says what it is.
    public static TheoryData<Read> Differentiable => [.. new Read[] { new Expected(), new Sampled(), new MostLikely(), new TopK(2), new WithoutReplacement(2), new GumbelSoftmax(0.7), new Mixed() }];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Soft_attention_has_the_gradients_of_central_differences(bool masked, bool lazy)
    {
        using var scope = NewDisposeScope();
        var attention = Draw.Weights(Bahdanau(new Expected()), 1);
        var (query, keys, values) = (Draw.Leaf(2, B, T, 3), Draw.Leaf(3, B, N, 2), Draw.Leaf(4, B, N, D));
        var given = lazy ? new CountedValues(values).Lazy : values;
        var mask = masked ? LastRowEmpty() : null;

        var context = GradCheck.Run(attention, () => attention.forward(query, keys, given, mask).Context, query, keys, values);
        var weights = GradCheck.Run(attention, () => attention.forward(query, keys, given, mask).Weights, query, keys);

        Assert.True(context.Within(1e-7), context.ToString());
        Assert.True(weights.Within(1e-7), weights.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hard_read_has_the_gradients_of_central_differences_for_its_value_its_log_probability_and_its_entropy(bool masked)
    {
        using var scope = NewDisposeScope();
        var attention = Draw.Weights(Bahdanau(new Sampled()), 1);
        var (query, keys, values) = (Draw.Leaf(2, B, T, 3), Draw.Leaf(3, B, N, 2), Draw.Leaf(4, B, N, D));
        var mask = masked ? LastRowEmpty() : null;
        AttentionResult Attend()
        {
            using var generator = new Generator(5);
            return attention.forward(query, keys, values, mask, generator);
        }

        foreach (var part in new Func<AttentionResult, Tensor>[] { result => result.Context, result => result.LogProbability!, result => result.Entropy! })
        {
            var result = GradCheck.Run(attention, () => part(Attend()), query, keys, values);
            Assert.True(result.Within(1e-7), result.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_tiny_lazy_network_has_the_gradients_of_central_differences(Read read)
    {
        using var scope = NewDisposeScope();
        var attention = Draw.Weights(Bahdanau(read), 1);
        var network = Draw.Weights(nn.Linear(2, D), 6);
        var (query, pixels) = (Draw.Leaf(2, B, T, 3), Draw.Leaf(3, B, N, 2));
        Tensor Read()
        {
            using var generator = new Generator(5);
            var values = Values.Lazy(() => network.call(pixels).tanh(), locations => network.call(Values.FromTensor(pixels).At(locations)).tanh());
            return attention.forward(query, pixels, values, generator: generator).Context;
        }

        var result = GradCheck.Run(Read, [query, pixels, .. attention.parameters(), .. network.parameters()]);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void Without_an_estimator_no_gradient_passes_a_choice()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        foreach (var read in new Read[] { new Sampled(), new MostLikely() })
        {
            var attention = Bahdanau(read);
            var values = Draw.Normal(4, [B, N, D], ScalarType.Float32).requires_grad_();
            var (query, keys, _) = Inputs();

            attention.forward(query, keys, values, generator: generator).Context.sum().backward();

            Assert.All(attention.parameters(), parameter => Assert.Null(parameter.grad));
            Assert.Equal(B * T * D, values.grad!.sum().ToDouble());
        }
    }
}
