using static TorchSharp.torch;

namespace AttentionNotebooks;

public class GradCheckTests
{
    [Fact]
    public void Right_gradients_pass_and_every_element_is_checked()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Draw.Leaf(1, 2, 3), Draw.Leaf(2, 3));

        var result = GradCheck.Run(() => (x * y).sin() + x.exp(), [x, y]);

        Assert.True(result.Within(1e-7), result.ToString());
        Assert.Equal(9, result.Checked);
    }

    public static TheoryData<string> WrongFunctions => ["half of a product detached", "all detached", "one element", "one row for another"];

    [Theory]
    [MemberData(nameof(WrongFunctions))]
    public void Wrong_gradients_do_not_pass(string wrong)
    {
        using var scope = NewDisposeScope();
        var x = Draw.Leaf(1, 2, 3);
        Func<Tensor> function = wrong switch
        {
            "half of a product detached" => () => x * x.detach(),
            "all detached" => () => x.detach().exp(),
            "one element" => () => x + 1e-4 * (x[1, 2] * x[1, 2].detach()),
            // In sum over all outputs the gradient is right: only weights on the outputs can tell.
            "one row for another" => () => x.flip(0) + (x - x.flip(0)).detach(),
            _ => throw new ArgumentOutOfRangeException(nameof(wrong), wrong, "No such function."),
        };

        var result = GradCheck.Run(function, [x]);

        Assert.False(result.Within(), result.ToString());
    }

    [Fact]
    public void The_worst_element_is_named()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Draw.Leaf(1, 2), Draw.Leaf(2, 2, 3));

        var result = GradCheck.Run(() => x.sum() + y.sum() + 3 * (y[1, 0] - y[1, 0].detach()), [x, y]);

        Assert.Equal((1, 3L), (result.Input, result.Element));
        Assert.Equal(3, (result.Analytic - result.Numeric) / Math.Abs(result.Numeric), 6);
    }

    [Fact]
    public void NaN_and_infinity_do_not_pass()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, float64).requires_grad_();

        Assert.False(GradCheck.Run(() => x.log(), [x]).Within());
        Assert.False(GradCheck.Run(() => x.sqrt(), [x]).Within());
        Assert.False(GradCheck.Run(() => x * double.NaN, [x]).Within());
    }

    [Fact]
    public void A_check_of_nothing_does_not_pass() => Assert.False(GradCheck.Run(() => zeros(1, float64), []).Within());

    [Fact]
    public void An_input_that_is_not_used_has_gradient_zero_and_passes()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Draw.Leaf(1, 2), Draw.Leaf(2, 2));

        Assert.True(GradCheck.Run(() => x.exp(), [x, y]).Within());
        Assert.True(GradCheck.Run(() => ones(3, float64), [x]).Within());
    }

    [Fact]
    public void The_parameters_of_a_module_are_checked_too()
    {
        using var scope = NewDisposeScope();
        var linear = Draw.Weights(nn.Linear(3, 2), 1);
        var x = Draw.Leaf(2, 4, 3);

        var right = GradCheck.Run(linear, () => linear.call(x).tanh(), x);
        var wrong = GradCheck.Run(linear, () => nn.functional.linear(x, linear.weight!, linear.bias!.detach()).tanh(), x);

        Assert.True(right.Within(1e-7), right.ToString());
        Assert.Equal(12 + 6 + 2, right.Checked);
        Assert.False(wrong.Within(), wrong.ToString());
    }

    [Fact]
    public void Inputs_are_put_back_bit_for_bit_even_if_the_function_fails()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 0.1, -0.0, 1e300, 5e-324, 1.0 / 3 }).requires_grad_();
        var before = x.data<double>().Select(BitConverter.DoubleToInt64Bits).ToArray();
        var calls = 0;

        GradCheck.Run(() => x * 2, [x]);
        Assert.Equal(before, x.data<double>().Select(BitConverter.DoubleToInt64Bits));

        Assert.Throws<InvalidOperationException>(() => GradCheck.Run(() => ++calls == 4 ? throw new InvalidOperationException("Enough.") : x * 2, [x]));
        Assert.Equal(before, x.data<double>().Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Another_dtype_an_inner_tensor_a_constant_and_a_scattered_tensor_are_errors_that_say_so()
    {
        using var scope = NewDisposeScope();
        var x = Draw.Leaf(1, 2, 3);
        static string Message(Tensor input) => Assert.Throws<ArgumentException>(() => GradCheck.Run(() => input * 2, [input])).Message;

        Assert.StartsWith("Input 0 has dtype Float32", Message(zeros(2).requires_grad_()), StringComparison.Ordinal);
        Assert.Contains("is_leaf False", Message(x * 2), StringComparison.Ordinal);
        Assert.Contains("requires_grad False", Message(zeros(2, float64)), StringComparison.Ordinal);
        Assert.StartsWith("Input 0 is not contiguous", Message(x.detach().t().requires_grad_()), StringComparison.Ordinal);
        Assert.StartsWith("The function's output has dtype Float32", Assert.Throws<ArgumentException>(() => GradCheck.Run(() => x.to(float32), [x])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Input 1 ", Assert.Throws<ArgumentException>(() => GradCheck.Run(() => x, [x, zeros(1)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-6)]
    [InlineData(double.NaN)]
    public void A_step_that_is_not_positive_is_an_error(double step)
    {
        using var scope = NewDisposeScope();
        var x = Draw.Leaf(1, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => GradCheck.Run(() => x, [x], step));
    }

    [Fact]
    public void A_module_of_single_precision_is_an_error()
    {
        using var scope = NewDisposeScope();
        using var score = new AdditiveScore(2, 2, 2);

        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => GradCheck.Run(score, () => zeros(1, float64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_and_no_gradient_is_left()
    {
        using var scope = NewDisposeScope();
        var x = Draw.Leaf(1, 2, 3);

        Assert.Equal(0, LiveTensors.HandedOverBy(() => GradCheck.Run(() => x.exp().sum(), [x])));
        Assert.Null(x.grad);
    }
}
