using TorchSharp;
using static AttentionNotebooks.SmallAttention;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class AttentionOwnershipTests
{
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
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
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
    [MemberData(nameof(SmallAttention.Reads), MemberType = typeof(SmallAttention))]
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
}
