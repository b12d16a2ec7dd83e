using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>The sparse maps: sorted against bisection, the formulas against a search of our own, gradients against central differences.</summary>
public class EntmaxTests
{
    private static readonly string[] Names = ["sparsemax", "entmax15", "alpha 1.2", "alpha 1.5", "alpha 2", "alpha 3", "learned"];

    public static TheoryData<string> Maps => [.. Names];

    [Fact]
    public void Sparsemax_of_a_row_done_by_hand()
    {
        using var scope = NewDisposeScope();
        using var sparsemax = new Sparsemax();

        // 1 + 2·0.8 > 1.8 and 1 + 3·0.1 < 1.9: two in the support, τ = (1.8 − 1) / 2.
        var (weights, logWeights) = sparsemax.Locate(tensor([1.0, 0.8, 0.1], [1, 1, 3]), null);

        Assert.True(weights.flatten().allclose(tensor([0.6, 0.4, 0.0]), 0, 1e-15));
        Assert.Equal(0, weights[0, 0, 2].ToDouble());
        Assert.Equal(double.NegativeInfinity, logWeights[0, 0, 2].ToDouble());
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 2e-6)]
    public void Sorting_and_bisection_agree_at_every_scale(ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        foreach (var scale in new[] { 1e-5, 1e-3, 1e-1, 1, 10, 1e2, 1e3, 1e4 })
        {
            foreach (var n in new[] { 1L, 2, 7, 100 })
            {
                var scores = (Draw.Normal(7, [5, 3, n]) * scale).to(dtype);
                foreach (var (sorted, bisected) in new (Entmax, Entmax)[] { (new Sparsemax(), new AlphaEntmax(2)), (new Entmax15(), new AlphaEntmax(1.5)) })
                {
                    var (one, other) = (sorted.call(scores, null).Weights, bisected.call(scores, null).Weights);
                    Assert.True((one - other).abs().max().ToDouble() <= tolerance, $"{sorted.GetName()} at scale {scale}, N = {n}: {(one - other).abs().max().ToDouble()}");
                    Assert.True((one.sum(-1) - 1).abs().max().ToDouble() <= tolerance, $"{sorted.GetName()} at scale {scale}, N = {n} sums to {one.sum(-1)[0, 0].ToDouble()}");
                    Assert.True(one.min().ToDouble() >= 0);
                }
            }
        }
    }

    [Theory]
    [InlineData("sparsemax", 2)]
    [InlineData("entmax15", 1.5)]
    [InlineData("alpha 1.2", 1.2)]
    [InlineData("alpha 3", 3)]
    public void No_other_distribution_has_a_larger_objective(string name, double alpha)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        var scores = Draw.Normal(11, [1, 1, 6]);
        var best = Objective(map.Locate(scores, null).Weights, scores, alpha);

        // p·z + H_α(p) with H_α(p) = (1 − Σ p^α) / (α (α − 1)), against points of the whole simplex and near the maximum.
        var random = new Random(3);
        for (var trial = 0; trial < 2000; trial++)
        {
            var rival = Dirichlet(random, 6);
            if (trial % 2 == 0) rival = 0.98 * map.Locate(scores, null).Weights + 0.02 * rival;
            Assert.True(Objective(rival, scores, alpha) < best + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Gradients_agree_with_central_differences_masked_and_not(string name)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        map.to(float64);
        var scores = Draw.Leaf(5, 3, 2, 6);
        var mask = tensor([true, true, false, true, true, false, true, true, true, true, true, true, false, false, false, false, false, false], [3, 6]);

        var free = GradCheck.Run(map, () => map.Locate(scores, null).Weights, scores);
        var masked = GradCheck.Run(map, () => map.Locate(scores, mask).Weights, scores);
        var entropy = GradCheck.Run(map, () => map.Locate(scores, mask).Entropy()!, scores);

        Assert.True(free.Within(1e-6), free.ToString());
        Assert.True(masked.Within(1e-6), masked.ToString());
        Assert.True(entropy.Within(1e-5), entropy.ToString());
        Assert.Contains(map.Locate(scores, null).Weights.data<double>().ToArray(), weight => name is "alpha 1.2" || weight == 0);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_masked_location_has_no_weight_and_a_row_without_any_attends_to_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        var scores = Draw.Normal(6, [2, 1, 4]).to(float32).requires_grad_();
        var mask = tensor([true, false, true, false, false, false, false, false], [2, 4]);

        var locations = map.Locate(scores, mask);
        (locations.Weights.square().sum() + locations.Entropy()!.sum()).backward();

        Assert.Equal(1, locations.Weights[0].sum().ToSingle(), 5);
        Assert.Equal(0, locations.Weights.masked_select(mask.unsqueeze(1).logical_not()).abs().sum().ToSingle());
        Assert.Equal(Categorical.Nothing, locations.Mode().Choice[1, 0, 0].ToInt64());
        Assert.True(scores.grad!.isfinite().all().ToBoolean());
        Assert.Equal(0, scores.grad![1].abs().sum().ToSingle());
    }

    [Property(MaxTest = 60)]
    public void Weights_are_a_distribution_that_follows_permutations_and_ignores_shifts(int seed, byte size, sbyte shift)
    {
        using var scope = NewDisposeScope();
        var n = 1 + size % 12;
        var scores = Draw.Normal((ulong)(uint)seed, [1, 2, n]) * 3;
        var order = tensor(Enumerable.Range(0, n).Reverse().Select(i => (long)i).ToArray());
        foreach (var name in Names)
        {
            using var map = Map(name);
            map.to(float64);
            var weights = map.Locate(scores, null).Weights;
            Assert.True(weights.min().ToDouble() >= 0);
            Assert.True(weights.sum(-1).allclose(ones(1, 2, dtype: float64), 0, 1e-9), name);
            Assert.True(map.Locate(scores.index_select(2, order), null).Weights.allclose(weights.index_select(2, order), 0, 1e-9), name);
            Assert.True(map.Locate(scores + (double)shift, null).Weights.allclose(weights, 0, 1e-9), name);
        }
    }

    [Property(MaxTest = 40)]
    public void The_support_shrinks_as_alpha_grows(int seed)
    {
        using var scope = NewDisposeScope();
        var scores = Draw.Normal((ulong)(uint)seed, [1, 1, 20]) * 2;
        var supports = new[] { 1.1, 1.3, 1.5, 1.8, 2, 2.5 }.Select(alpha => new AlphaEntmax(alpha).call(scores, null).Weights.count_nonzero().ToInt64()).ToArray();
        Assert.Equal(supports.OrderDescending(), supports);
    }

    [Fact]
    public void Towards_alpha_1_it_becomes_softmax()
    {
        using var scope = NewDisposeScope();
        var scores = Draw.Normal(8, [1, 1, 5]);
        var gaps = new[] { 1.1, 1.01, 1.001 }.Select(alpha => (new AlphaEntmax(alpha).call(scores, null).Weights - new Softmax().Locate(scores, null).Weights).abs().max().ToDouble()).ToArray();
        Assert.True(gaps[0] > gaps[1] && gaps[1] > gaps[2] && gaps[2] < 1e-3, string.Join(", ", gaps));
    }

    [Fact]
    public void A_learned_alpha_moves_to_where_the_loss_is_smaller()
    {
        using var scope = NewDisposeScope();
        using var map = new AlphaEntmax(1.5, learned: true);
        var scores = tensor([1f, 0.6f, 0.2f], [1, 1, 3]);
        using var optimizer = optim.SGD(map.parameters(), 0.5);
        for (var step = 0; step < 100; step++)
        {
            optimizer.zero_grad();
            map.Locate(scores, null).Entropy()!.sum().backward();
            optimizer.step();
        }

        Assert.True(map.Value > 1.8, $"less entropy needs a larger α, not {map.Value}");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(2, true)]
    public void An_alpha_out_of_its_range_is_an_error(double alpha, bool learned) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaEntmax(alpha, learned));

    [Theory]
    [MemberData(nameof(Maps))]
    public void Nothing_is_left_of_a_forward_and_a_backward_pass(string name)
    {
        using var map = Map(name);
        using var scores = Draw.Leaf(1, 2, 2, 5);
        void Pass() => map.Locate(scores, null).Weights.square().sum().backward();
        LiveTensors.LeftBy(Pass);
        Assert.Equal(0, LiveTensors.LeftBy(Pass));
    }

    private static Entmax Map(string name) => name switch
    {
        "sparsemax" => new Sparsemax(),
        "entmax15" => new Entmax15(),
        "learned" => new AlphaEntmax(1.6, learned: true),
        _ => new AlphaEntmax(double.Parse(name["alpha ".Length..], System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static double Objective(Tensor weights, Tensor scores, double alpha) =>
        ((weights * scores).sum() + (1 - weights.pow(alpha).sum()) / (alpha * (alpha - 1))).ToDouble();

    private static Tensor Dirichlet(Random random, int n)
    {
        var parts = Enumerable.Range(0, n).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
        return tensor(parts.Select(part => part / parts.Sum()).ToArray(), [1, 1, n]);
    }
}
