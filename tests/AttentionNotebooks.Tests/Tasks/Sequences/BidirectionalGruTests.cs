using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class BidirectionalGruTests
{
    private static readonly long[] Lengths = [4, 1, 6];

    [Fact]
    public void It_reads_each_sequence_as_the_layer_of_libtorch_reads_it_alone()
    {
        using var scope = NewDisposeScope();
        var ours = Draw.Weights(new BidirectionalGru(3, 2), 1);
        var theirs = nn.GRU(3, 2, batchFirst: true, bidirectional: true).to(float64);
        var own = ours.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter, StringComparer.Ordinal);
        using (no_grad())
        {
            foreach (var (name, parameter) in theirs.named_parameters())
                parameter.copy_(own[name.EndsWith("_reverse", StringComparison.Ordinal) ? $"back.{name[..^"_reverse".Length]}" : $"ahead.{name}"]);
        }

        var inputs = Draw.Normal(2, [3, 6, 3]);
        var (states, ends) = ours.call(inputs, tensor(Lengths));

        for (var b = 0; b < 3; b++)
        {
            var (alone, last) = theirs.call(inputs.narrow(0, b, 1).narrow(1, 0, Lengths[b]));
            Assert.True(alone.squeeze(0).allclose(states[b].narrow(0, 0, Lengths[b])));
            Assert.True(last.flatten().allclose(ends[b]));
            Assert.Equal(0, states[b].narrow(0, Lengths[b], 6 - Lengths[b]).abs().sum().ToDouble());
        }
    }

    [Fact]
    public void What_follows_a_sequence_changes_nothing_and_gets_no_gradient()
    {
        using var scope = NewDisposeScope();
        var gru = Draw.Weights(new BidirectionalGru(3, 2), 1);
        var within = (arange(6) < tensor(Lengths).unsqueeze(1)).unsqueeze(-1);
        var (inputs, other) = (Draw.Leaf(2, 3, 6, 3), Draw.Normal(3, [3, 6, 3]));

        var (states, ends) = gru.call(inputs, tensor(Lengths));
        var (same, sameEnds) = gru.call(where(within, inputs, other), tensor(Lengths));
        (states.square().sum() + ends.square().sum()).backward();

        Assert.True(states.equal(same).all().ToBoolean() && ends.equal(sameEnds).all().ToBoolean());
        Assert.Equal(0, inputs.grad!.masked_fill(within, 0).abs().sum().ToDouble());
        Assert.True(inputs.grad.abs().sum([2]).masked_select(within.squeeze(-1)).gt(0).all().ToBoolean());
    }

    [Fact]
    public void It_hands_over_its_two_results_and_names_what_does_not_fit()
    {
        using var scope = NewDisposeScope();
        using var gru = new BidirectionalGru(3, 2);

        Assert.Equal(2, LiveTensors.HandedOverBy(() => gru.call(zeros(3, 6, 3), tensor(Lengths))) - 2);
        Assert.StartsWith("lengths has shape [3], expected [2].", Assert.Throws<ArgumentException>(() => gru.call(zeros(2, 6, 3), tensor(Lengths))).Message, StringComparison.Ordinal);
    }
}
