using TorchSharp;
using static AttentionNotebooks.SmallAttention;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class AttentionTests
{
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

    private static void AssertReadAtChoice(AttentionResult result, Tensor values)
    {
        for (var b = 0; b < B; b++)
        {
            for (var t = 0; t < T; t++)
                Assert.True(result.Context[b, t].Equals(values[b, result.Choice![b, t, 0].ToInt64()]));
        }
    }
}
