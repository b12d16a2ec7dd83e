using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ContextGateTests
{
    [Fact]
    public void Gradients_agree_with_central_differences()
    {
        using var scope = NewDisposeScope();
        using var gate = Draw.Weights(new ContextGate(3), 1);
        var (state, context) = (Draw.Leaf(2, 2, 3, 3), Draw.Leaf(3, 2, 3, 4));

        var result = GradCheck.Run(gate, () => gate.call(state, context), state, context);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void It_scales_the_context_of_a_step_by_the_sigmoid_of_the_state()
    {
        using var scope = NewDisposeScope();
        using var gate = Draw.Weights(new ContextGate(3), 1);
        var (state, context) = (Draw.Normal(2, [2, 3, 3]), Draw.Normal(3, [2, 3, 4]));
        var (weight, bias) = (gate.get_parameter("gate.weight")!, gate.get_parameter("gate.bias")!);

        var gated = gate.call(state, context);

        for (var b = 0; b < 2; b++)
        {
            for (var t = 0; t < 3; t++)
            {
                var beta = 1 / (1 + Math.Exp(-(weight[0].dot(state[b, t]) + bias[0]).ToDouble()));
                Assert.True(gated[b, t].allclose(beta * context[b, t], 0, 1e-12));
                Assert.Equal(beta, gate.Openness(state)[b, t, 0].ToDouble(), 12);
            }
        }
    }

    [Fact]
    public void A_gate_that_is_wide_open_changes_nothing_and_a_closed_one_lets_nothing_through()
    {
        using var scope = NewDisposeScope();
        using var gate = new ContextGate(3);
        var context = Draw.Normal(3, [2, 3, 4], ScalarType.Float32);

        Assert.True(Biased(gate, 200).call(zeros(2, 3, 3), context).Equals(context));
        Assert.Equal(0, Biased(gate, -200).call(zeros(2, 3, 3), context).abs().sum().ToSingle());
    }

    [Fact]
    public void It_is_saved_and_loaded_takes_an_empty_batch_and_leaves_nothing()
    {
        using var scope = NewDisposeScope();
        using var gate = Draw.Weights(new ContextGate(3), 1);
        using var other = new ContextGate(3);
        other.to(float64);
        var (state, context) = (Draw.Normal(2, [2, 3, 3]), Draw.Normal(3, [2, 3, 4]));
        Saved.Copy(gate, other);

        Assert.True(other.call(state, context).Equals(gate.call(state, context)));
        Assert.Equal([0L, 2, 4], gate.call(zeros(0, 2, 3, float64), zeros(0, 2, 4, float64)).shape);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => gate.call(state, context)));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var gate = new ContextGate(3);

        Assert.StartsWith("state has shape [2, 3]", Assert.Throws<ArgumentException>(() => gate.call(zeros(2, 3), zeros(2, 1, 4))).Message, StringComparison.Ordinal);
        Assert.StartsWith("context has shape [2, 2, 4]", Assert.Throws<ArgumentException>(() => gate.call(zeros(2, 1, 3), zeros(2, 2, 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContextGate(0));
    }

    private static ContextGate Biased(ContextGate gate, double bias)
    {
        using var _ = no_grad();
        foreach (var parameter in gate.parameters()) parameter.fill_(parameter.dim() == 1 ? bias : 0);
        return gate;
    }
}
