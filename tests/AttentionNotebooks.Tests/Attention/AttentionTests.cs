using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class AttentionTests
{
    private const long B = 3, T = 2, N = 4, D = 5;

    public static TheoryData<Read> Reads => [new Expected(), new Sampled(), new MostLikely(), new TopK(2), new WithoutReplacement(2), new GumbelSoftmax(0.7), new StraightThrough(), new Mixed()];

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
    public void A_soft_read_is_the_weighted_mean_and_records_no_choice()
    {
        using var scope = NewDisposeScope();
        var (query, keys, values) = Inputs();

        var result = Bahdanau(new Expected()).forward(query, keys, values);

        Assert.True(result.Context.allclose((result.Weights.unsqueeze(-1) * values.unsqueeze(1)).sum(2), 1e-5, 1e-6));
        Assert.Null(result.Choice);
        Assert.Null(result.LogProbability);
        Assert.Null(result.Entropy);
    }

    [Fact]
    public void A_sampled_read_gives_the_chosen_value_its_log_probability_and_the_entropy()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (query, keys, values) = Inputs();

        var result = Bahdanau(new Sampled()).forward(query, keys, values, generator: generator);

        AssertReadAtChoice(result, values);
        Assert.True(result.LogProbability!.allclose(result.Weights.log().gather(-1, result.Choice!).squeeze(-1), 1e-5, 1e-6));
        Assert.True(result.Entropy!.allclose(-(result.Weights * result.Weights.log()).sum(-1), 1e-5, 1e-6));
    }

    [Fact]
    public void A_most_likely_read_gives_the_value_of_greatest_weight_and_leaves_nothing_to_chance()
    {
        using var scope = NewDisposeScope();
        var (query, keys, values) = Inputs();

        var result = Bahdanau(new MostLikely()).forward(query, keys, values);

        AssertReadAtChoice(result, values);
        Assert.True(result.Choice!.squeeze(-1).Equals(result.Weights.argmax(-1)));
        Assert.Null(result.LogProbability);
        Assert.Null(result.Entropy);
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

    [Theory]
    [MemberData(nameof(Reads))]
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
    [MemberData(nameof(Reads))]
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
    [MemberData(nameof(Reads))]
    public void An_empty_batch_is_read_like_any_other(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);

        var result = Bahdanau(read).forward(zeros(0, T, 3), zeros(0, N, 2), zeros(0, N, D), ones(0, N, @bool), generator);

        Assert.Equal([0L, T, D], result.Context.shape);
        Assert.Equal([0L, T, N], result.Weights.shape);
    }

    [Theory]
    [MemberData(nameof(Reads))]
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

    [Fact]
    public void The_same_generator_state_chooses_the_same()
    {
        using var scope = NewDisposeScope();
        var attention = Bahdanau(new Sampled());
        var (query, keys, values) = (zeros(100, T, 3), zeros(100, N, 2), zeros(100, N, D));
        Tensor Choose(ulong seed)
        {
            using var generator = new Generator(seed);
            return attention.forward(query, keys, values, generator: generator).Choice!;
        }

        Assert.True(Choose(1).Equals(Choose(1)));
        Assert.False(Choose(1).Equals(Choose(2)));
    }

    [Fact]
    public void A_random_read_without_a_generator_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        var (query, keys, values) = Inputs();

        Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => Bahdanau(new Sampled()).forward(query, keys, values)).ParamName);
    }

    [Theory]
    [MemberData(nameof(Reads))]
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
    [MemberData(nameof(Reads))]
    public void Lazy_values_of_another_shape_are_an_error_that_names_them(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (query, keys, _) = Inputs();
        var values = Values.Lazy(() => zeros(B, D, N), _ => zeros(B, D));

        var error = Assert.Throws<ArgumentException>(() => Bahdanau(read).forward(query, keys, values, generator: generator));

        Assert.StartsWith("values has shape [", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_part_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        var attention = Bahdanau(new Expected());
        var (query, keys, _) = Inputs();

        Assert.Equal("score", Assert.Throws<ArgumentNullException>(() => new Attention(null!, new Softmax(), new Expected())).ParamName);
        Assert.Equal("distribution", Assert.Throws<ArgumentNullException>(() => new Attention(new UniformScore(), null!, new Expected())).ParamName);
        Assert.Equal("read", Assert.Throws<ArgumentNullException>(() => new Attention(new UniformScore(), new Softmax(), null!)).ParamName);
        Assert.Throws<ArgumentNullException>(() => attention.Read = null!);
        Assert.Equal("values", Assert.Throws<ArgumentNullException>(() => attention.forward(query, keys, (Values)null!)).ParamName);
    }

    [Fact]
    public void Its_parameters_are_those_of_its_score_and_outlive_the_scope_they_were_made_in()
    {
        Attention attention;
        using (NewDisposeScope()) attention = Bahdanau(new Expected());
        using var scope = NewDisposeScope();

        Assert.Equal(["score.combine.weight", "score.projectKey.weight", "score.projectQuery.bias", "score.projectQuery.weight"], attention.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.All(attention.parameters(), parameter => Assert.True(parameter.requires_grad && double.IsFinite(parameter.sum().ToDouble())));
        attention.Dispose();
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Nothing_is_handed_over_but_the_record(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (query, keys, values) = Inputs();
        foreach (var attention in new[] { Bahdanau(read), new Attention(new ScaledDotScore(), new Softmax(), read), new Attention(new UniformScore(), new Softmax(), read) })
        {
            var known = attention.parameters().Any() ? keys : zeros(B, N, 3);
            AttentionResult Attend(Values what) => attention.forward(query, known, what, LastRowEmpty(), generator);
            var record = Attend(values);

            var results = LiveTensors.Of(record);
            // The mask made for the call is one more.
            Assert.Equal(results + 1, LiveTensors.HandedOverBy(() => Attend(new CountedValues(values).Lazy)));
            Assert.Equal(0, LiveTensors.LeftBy(() => Attend(values)));
        }
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void No_tensor_is_left_after_a_forward_and_a_backward_pass(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var attention = Bahdanau(read);
        var (query, keys, values) = Inputs();
        values.requires_grad_();
        void Pass()
        {
            var result = attention.forward(query, keys, values, LastRowEmpty(), generator);
            (result.Context.sum() + (result.LogProbability?.sum() ?? 0) + (result.Entropy?.sum() ?? 0)).backward();
            attention.zero_grad();
            values.grad = null;
        }

        Pass();

        Assert.Equal(0, LiveTensors.LeftBy(() => Enumerable.Range(0, 10).ToList().ForEach(_ => Pass())));
    }

    private static Attention Bahdanau(Read read) => new(new AdditiveScore(3, 2, 6), new Softmax(), read);

    private static (Tensor Query, Tensor Keys, Tensor Values) Inputs() =>
        (Draw.Normal(2, [B, T, 3], ScalarType.Float32), Draw.Normal(3, [B, N, 2], ScalarType.Float32), Draw.Normal(4, [B, N, D], ScalarType.Float32));

    private static Tensor LastRowEmpty() =>
        tensor(new[] { true, false, true, true, true, true, true, true, false, false, false, false }, [B, N]);

    private static void AssertReadAtChoice(AttentionResult result, Tensor values)
    {
        for (var b = 0; b < B; b++)
        {
            for (var t = 0; t < T; t++)
                Assert.True(result.Context[b, t].Equals(values[b, result.Choice![b, t, 0].ToInt64()]));
        }
    }
}
