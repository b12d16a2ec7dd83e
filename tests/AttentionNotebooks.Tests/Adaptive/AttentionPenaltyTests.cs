using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Both penalties against loops over the formula, and their gradients against central differences.</summary>
public class AttentionPenaltyTests
{
    private static readonly string[] Names = ["doubly stochastic", "coverage"];

    public static TheoryData<string> Penalties => [.. Names];

    [Fact]
    public void Each_row_done_by_hand()
    {
        using var scope = NewDisposeScope();
        var weights = tensor([0.5, 0.5, 0.0, 0.2, 0.7, 0.1], [1, 2, 3]);

        // (1 − 0.7)² + (1 − 1.2)² + (1 − 0.1)²,  and  min(0.2, 0.5) + min(0.7, 0.5) + min(0.1, 0).
        Assert.Equal(2 * 0.94, new DoublyStochasticPenalty(2).Of(weights).ToDouble(), 12);
        Assert.Equal(3 * 0.7, new CoveragePenalty(3).Of(weights).ToDouble(), 12);
    }

    [Property(MaxTest = 60)]
    public void Loops_over_the_formulas_give_the_same(int seed, byte steps, byte locations, bool masked)
    {
        using var scope = NewDisposeScope();
        var (t, n) = (1 + steps % 5, 1 + locations % 6);
        using var softmax = new Softmax();
        var weights = softmax.call(Draw.Normal((ulong)(uint)seed, [2, t, n]) * 2, null).Weights;
        var mask = masked ? Draw.Normal((ulong)(uint)seed + 1, [2, n]) > 0 : null;
        foreach (var name in Names)
        {
            var given = Make(name).Of(weights, mask).data<double>().ToArray();
            Assert.Equal(ByLoops(name, weights, mask), given, (one, other) => Math.Abs(one - other) < 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Gradients_agree_with_central_differences_masked_and_not(string name)
    {
        using var scope = NewDisposeScope();
        using var softmax = new Softmax();
        var scores = Draw.Leaf(3, 2, 4, 5);
        var mask = tensor([true, true, false, true, true, false, true, true, true, false], [2, 5]);

        var free = GradCheck.Run(() => Make(name).Of(softmax.call(scores, null).Weights), [scores]);
        var masked = GradCheck.Run(() => Make(name).Of(softmax.call(scores, mask).Weights, mask), [scores]);

        Assert.True(free.Within(1e-7), free.ToString());
        Assert.True(masked.Within(1e-7), masked.ToString());
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Padding_changes_nothing_even_where_weights_were_left_on_it(string name)
    {
        using var scope = NewDisposeScope();
        var weights = Draw.Normal(1, [2, 3, 4]).abs();
        var padded = cat([weights, Draw.Normal(2, [2, 3, 3]).abs()], -1);
        var mask = cat([ones(2, 4, @bool), zeros(2, 3, @bool)], -1);

        Assert.True(Make(name).Of(padded, mask).allclose(Make(name).Of(weights), 0, 1e-12));
        Assert.True(Make(name).Of(padded, mask.unsqueeze(1).expand(2, 3, 7)).allclose(Make(name).Of(weights), 0, 1e-12));
    }

    [Fact]
    public void Looking_once_everywhere_costs_nothing_and_staring_costs_much()
    {
        using var scope = NewDisposeScope();
        var once = eye(4, dtype: float64).unsqueeze(0);
        var staring = zeros(1, 4, 4, dtype: float64);
        staring[.., .., 0] = 1;

        Assert.Equal(0, new DoublyStochasticPenalty().Of(once).ToDouble());
        Assert.Equal(0, new CoveragePenalty().Of(once).ToDouble());
        // (1 − 4)² + 3,  and 1 at each step but the first.
        Assert.Equal(12, new DoublyStochasticPenalty().Of(staring).ToDouble());
        Assert.Equal(3, new CoveragePenalty().Of(staring).ToDouble());
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Any_dtype_layout_and_size_goes(string name)
    {
        using var scope = NewDisposeScope();
        var weights = Draw.Normal(1, [3, 2, 4]).abs();
        var scattered = weights.transpose(0, 2).contiguous().transpose(0, 2);

        Assert.True(Make(name).Of(scattered).allclose(Make(name).Of(weights), 0, 1e-14));
        Assert.Equal(float32, Make(name).Of(weights.to(float32)).dtype);
        Assert.Equal([0L], Make(name).Of(zeros(0, 2, 4)).shape);
        Assert.Equal([3L], Make(name).Of(zeros(3, 0, 4)).shape);
        Assert.Equal(0, new CoveragePenalty().Of(ones(1, 1, 1)).ToDouble());
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void What_does_not_fit_is_an_error_that_names_it(string name)
    {
        using var scope = NewDisposeScope();
        var penalty = Make(name);

        Assert.StartsWith("weights has shape [2, 3]", Assert.Throws<ArgumentException>(() => penalty.Of(zeros(2, 3))).Message, StringComparison.Ordinal);
        Assert.StartsWith("mask has shape [2, 5]", Assert.Throws<ArgumentException>(() => penalty.Of(zeros(2, 3, 4), ones(2, 5, @bool))).Message, StringComparison.Ordinal);
        Assert.StartsWith("mask has dtype", Assert.Throws<ArgumentException>(() => penalty.Of(zeros(2, 3, 4), ones(2, 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoveragePenalty(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoublyStochasticPenalty(double.NaN));
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Only_the_penalty_is_handed_over(string name)
    {
        using var scope = NewDisposeScope();
        var weights = Draw.Normal(1, [3, 2, 4]).abs();
        var mask = ones(3, 4, @bool);

        Assert.Equal(1, LiveTensors.HandedOverBy(() => Make(name).Of(weights)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => Make(name).Of(weights, mask)));
    }

    private static AttentionPenalty Make(string name) => name == "coverage" ? new CoveragePenalty(0.7) : new DoublyStochasticPenalty(0.7);

    private static double[] ByLoops(string name, Tensor weights, Tensor? mask)
    {
        var (b, t, n) = (weights.shape[0], weights.shape[1], weights.shape[2]);
        var penalties = new double[b];
        for (var i = 0; i < b; i++)
        {
            for (var place = 0; place < n; place++)
            {
                if (mask is not null && !mask[i, place].ToBoolean()) continue;
                var (seen, again) = (0.0, 0.0);
                for (var step = 0; step < t; step++)
                {
                    var weight = weights[i, step, place].ToDouble();
                    again += Math.Min(weight, seen);
                    seen += weight;
                }

                penalties[i] += 0.7 * (name == "coverage" ? again : (1 - seen) * (1 - seen));
            }
        }

        return penalties;
    }
}
