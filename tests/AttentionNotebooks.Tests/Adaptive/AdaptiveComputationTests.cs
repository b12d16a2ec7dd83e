using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>ACT against a loop over examples and steps in plain arithmetic, at its limits, and counted.</summary>
public class AdaptiveComputationTests
{
    private const long B = 6, S = 3, O = 2;

    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(4, 0.01)]
    [InlineData(12, 0.01)]
    [InlineData(12, 0.4)]
    public void A_loop_over_the_equations_gives_the_same(int maxSteps, double epsilon)
    {
        using var scope = NewDisposeScope();
        using var act = Decided(new AdaptiveComputation(S, maxSteps, epsilon));
        var (cell, input, state) = (new Cell(), Draw.Normal(3, [B, S]) * 2, Draw.Normal(4, [B, S]));

        var pondered = act.forward(state, cell.Step(input));

        for (var b = 0; b < B; b++)
        {
            var (s, y, n, remainder) = ByLoop(act, cell, input[b], state[b], maxSteps, epsilon);
            Assert.Equal(n, pondered.Steps[b].ToInt64());
            Assert.True(pondered.State[b].allclose(s, 0, 1e-12));
            Assert.True(pondered.Output[b].allclose(y, 0, 1e-12));
            Assert.Equal(n + remainder, pondered.Cost![b].ToDouble(), 12);
        }
    }

    [Fact]
    public void Gradients_agree_with_central_differences_while_examples_halt_at_different_steps()
    {
        using var scope = NewDisposeScope();
        using var act = Decided(new AdaptiveComputation(S, 5));
        var (cell, input, state) = (new Cell(), Draw.Leaf(3, B, S), Draw.Leaf(4, B, S));
        Pondered Ponder() => act.forward(state, cell.Step(input));
        Tensor[] inputs = [input, state, .. act.parameters(), .. cell.Weights];

        Assert.True(Ponder().Steps.unique().output.shape[0] >= 3, $"examples of this test halt at three different steps, would {string.Join(",", Ponder().Steps.data<long>())}");
        foreach (var part in new Func<Pondered, Tensor>[] { p => p.State, p => p.Output, p => p.Cost! })
        {
            var result = GradCheck.Run(() => part(Ponder()), inputs);
            Assert.True(result.Within(1e-6), result.ToString());
        }
    }

    [Fact]
    public void A_unit_that_halts_at_once_leaves_one_plain_step()
    {
        using var scope = NewDisposeScope();
        using var act = Halting(new AdaptiveComputation(S), 200);
        var (cell, input, state) = (new Cell(), Draw.Normal(3, [B, S]), Draw.Normal(4, [B, S]));

        var pondered = act.forward(state, cell.Step(input));

        var (s, y) = cell.Step(input)(state, arange(B), 1);
        Assert.True(pondered.State.Equals(s));
        Assert.True(pondered.Output.Equals(y));
        Assert.Equal(1, cell.Calls.Count - 1);
        Assert.True(pondered.Steps.eq(1).all().ToBoolean());
        Assert.True(pondered.Cost!.eq(2).all().ToBoolean());
    }

    [Fact]
    public void A_unit_that_never_halts_takes_all_steps_and_says_the_last()
    {
        using var scope = NewDisposeScope();
        using var act = Halting(new AdaptiveComputation(S, 7), -200);
        var (cell, input, state) = (new Cell(), Draw.Normal(3, [B, S]), Draw.Normal(4, [B, S]));

        var pondered = act.forward(state, cell.Step(input));

        var last = state;
        for (var n = 1; n <= 7; n++) (last, _) = cell.Step(input)(last, arange(B), n);
        Assert.True(pondered.State.allclose(last, 0, 1e-12));
        Assert.True(pondered.Steps.eq(7).all().ToBoolean());
        Assert.True(pondered.Cost!.allclose(full(B, 8.0, float64)));
    }

    [Fact]
    public void An_example_that_has_halted_is_not_computed_any_further()
    {
        using var scope = NewDisposeScope();
        using var act = Draw.Weights(new AdaptiveComputation(S, 40), 1);
        var (cell, input) = (new Cell(), Draw.Normal(3, [50, S]) * 2);

        var pondered = act.forward(zeros(50, S, float64), cell.Step(input));

        var steps = pondered.Steps.data<long>().ToArray();
        Assert.Equal(steps.Sum(), cell.Calls.Sum(examples => examples.Length));
        Assert.Equal(steps.Max(), cell.Calls.Count);
        Assert.True(steps.Max() < 40 && steps.Min() < steps.Max(), "some go on longer, and none to the end");
        for (var n = 0; n < cell.Calls.Count; n++)
            Assert.Equal(Enumerable.Range(0, 50).Where(b => steps[b] > n).Select(b => (long)b), cell.Calls[n]);
    }

    [Fact]
    public void The_ponder_cost_pulls_by_its_remainder_only()
    {
        using var scope = NewDisposeScope();
        using var act = Draw.Weights(new AdaptiveComputation(S, 5), 1);
        var (cell, input) = (new Cell(), Draw.Normal(3, [B, S]) * 2);

        var pondered = act.forward(zeros(B, S, float64), cell.Step(input));

        Assert.False(pondered.Steps.requires_grad);
        Assert.True(pondered.Cost!.requires_grad);
        var remainder = pondered.Cost - pondered.Steps.to(float64);
        Assert.True(remainder.min().ToDouble() >= 0 && remainder.max().ToDouble() <= 1);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void An_empty_batch_a_single_example_and_either_dtype_go(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var act = new AdaptiveComputation(S, 5);
        act.to(dtype);
        foreach (var b in new long[] { 0, 1 })
        {
            var pondered = act.forward(zeros(b, S, dtype), (state, _, _) => (state * 0.5 + 1, state.narrow(1, 0, O)));
            Assert.Equal([b, S], pondered.State.shape);
            Assert.Equal([b, O], pondered.Output.shape);
            Assert.Equal(dtype, pondered.Cost!.dtype);
            Assert.Equal(dtype, pondered.Output.dtype);
        }
    }

    [Fact]
    public void It_is_saved_and_loaded()
    {
        using var scope = NewDisposeScope();
        using var act = Draw.Weights(new AdaptiveComputation(S, 5), 1);
        using var other = Draw.Weights(new AdaptiveComputation(S, 5), 2);
        var (cell, input) = (new Cell(), Draw.Normal(3, [B, S]));
        Saved.Copy(act, other);

        Assert.Equal(["halt.bias", "halt.weight"], act.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.True(other.forward(input, cell.Step(input)).Output.Equals(act.forward(input, cell.Step(input)).Output));
    }

    [Fact]
    public void Nothing_is_handed_over_but_the_record_and_nothing_is_left_after_a_backward_pass()
    {
        using var scope = NewDisposeScope();
        using var act = Draw.Weights(new AdaptiveComputation(S, 5), 1);
        var (cell, input, state) = (new Cell(), Draw.Normal(3, [B, S]), Draw.Leaf(4, B, S));
        void Pass()
        {
            var pondered = act.forward(state, cell.Step(input));
            (pondered.Output.sum() + pondered.Cost!.sum()).backward();
            act.zero_grad();
            state.grad = null;
            foreach (var weight in cell.Weights) weight.grad = null;
        }

        Pass();

        Assert.Equal(4, LiveTensors.HandedOverBy(() => act.forward(state, cell.Step(input))));
        Assert.Equal(0, LiveTensors.LeftBy(Pass));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var act = new AdaptiveComputation(S);
        string Message(Tensor state, PonderStep step) => Assert.Throws<ArgumentException>(() => act.forward(state, step)).Message;

        Assert.StartsWith("state has shape [2, 4], expected [B, 3].", Message(zeros(2, 4), (s, _, _) => (s, s)), StringComparison.Ordinal);
        Assert.StartsWith("the step's state has shape [2, 2], expected [2, 3].", Message(zeros(2, S), (s, _, _) => (s.narrow(1, 0, 2), s)), StringComparison.Ordinal);
        Assert.StartsWith("the step's output has shape [2], expected [2, O].", Message(zeros(2, S), (s, _, _) => (s, s.sum(1))), StringComparison.Ordinal);
        Assert.Equal("step", Assert.Throws<ArgumentNullException>(() => act.forward(zeros(2, S), null!)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveComputation(S, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveComputation(S, 5, 0));
    }

    // Probabilities far from ½, so that examples differ.
    private static AdaptiveComputation Decided(AdaptiveComputation act)
    {
        Draw.Weights(act, 1);
        using var _ = no_grad();
        foreach (var parameter in act.parameters()) parameter.copy_(parameter.dim() == 1 ? full_like(parameter, -1.5) : parameter * 6);
        return act;
    }

    private static AdaptiveComputation Halting(AdaptiveComputation act, double logit)
    {
        act.to(float64);
        using var _ = no_grad();
        foreach (var parameter in act.parameters()) parameter.fill_(parameter.dim() == 1 ? logit : 0);
        return act;
    }

    private static (Tensor State, Tensor Output, long Steps, double Remainder) ByLoop(AdaptiveComputation act, Cell cell, Tensor input, Tensor state, int maxSteps, double epsilon)
    {
        var (w, b) = (act.get_parameter("halt.weight")!, act.get_parameter("halt.bias")!);
        var (meanState, meanOutput, sum) = (zeros(S, float64), zeros(O, float64), 0.0);
        for (var n = 1; ; n++)
        {
            (state, var output) = cell.Compute(state, input);
            var h = 1 / (1 + Math.Exp(-(w[0].dot(state) + b[0]).ToDouble()));
            var last = n == maxSteps || sum + h >= 1 - epsilon;
            var p = last ? 1 - sum : h;
            meanState += p * state;
            meanOutput += p * output;
            if (last) return (meanState, meanOutput, n, p);
            sum += h;
        }
    }

    /// <summary>s ← tanh(U s + x), y = V s, keeping a record of who was computed.</summary>
    private sealed class Cell
    {
        private readonly Tensor recurrent = Draw.Leaf(11, S, S);
        private readonly Tensor readout = Draw.Leaf(12, O, S);

        public List<long[]> Calls { get; } = [];

        public Tensor[] Weights => [recurrent, readout];

        public PonderStep Step(Tensor inputs) => (state, examples, _) =>
        {
            Calls.Add(examples.data<long>().ToArray());
            using var scope = NewDisposeScope();
            var (next, output) = Compute(state, inputs.index_select(0, examples));
            return (next.MoveToOuterDisposeScope(), output.MoveToOuterDisposeScope());
        };

        public (Tensor State, Tensor Output) Compute(Tensor state, Tensor input)
        {
            var next = (state.matmul(recurrent.t()) + input).tanh();
            return (next, next.matmul(readout.t()));
        }
    }
}
