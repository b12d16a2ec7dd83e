using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>More locations than a sparse map solves for at first: the few largest where they are enough, all of them where not.</summary>
public class EntmaxOfManyLocationsTests
{
    private static readonly Dictionary<string, double> Alphas = new(StringComparer.Ordinal) { ["sparsemax"] = 2, ["entmax15"] = 1.5, ["alpha 1.2"] = 1.2, ["alpha 3"] = 3 };

    public static TheoryData<string> Maps => [.. Alphas.Keys];

    [Theory]
    [MemberData(nameof(Maps))]
    public void Weights_are_those_of_a_bisection_of_our_own_at_every_size_of_the_support(string name)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        var supports = new HashSet<long>();
        foreach (var n in new long[] { 63, 64, 65, 66, 300 })
        {
            foreach (var scale in new[] { 1e-5, 1e-2, 0.03, 0.1, 0.3, 1, 10, 1e4 })
            {
                var scores = Draw.Normal((ulong)n, [2, 2, n]) * scale;
                var weights = map.call(scores, null).Weights;
                for (var row = 0; row < 4; row++)
                {
                    var expected = Bisected(scores.view(4, n)[row].data<double>().ToArray(), Alphas[name]);
                    var actual = weights.view(4, n)[row].data<double>().ToArray();
                    Assert.All(actual.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
                    supports.Add(actual.Count(weight => weight > 0));
                }
            }
        }

        Assert.Contains(supports, support => support < 64);
        Assert.Contains(supports, support => support > 64);
    }

    [Theory]
    [InlineData("sparsemax")]
    [InlineData("entmax15")]
    public void Exactly_as_many_ties_as_are_tried_first_and_one_more(string name)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        foreach (var ties in new[] { 1L, 63, 64, 65, 130 })
        {
            var scores = cat([zeros(1, 1, 130 - ties) - 5, ones(1, 1, ties)], -1);
            var weights = map.call(scores, null).Weights;
            Assert.Equal(ties, weights.count_nonzero().ToInt64());
            Assert.True((weights.narrow(-1, 130 - ties, ties) - 1.0 / ties).abs().max().ToDouble() < 1e-7);
        }
    }

    [Theory]
    [InlineData("sparsemax", 90, 1)]
    [InlineData("sparsemax", 90, 0.003)]
    [InlineData("entmax15", 90, 1)]
    [InlineData("entmax15", 90, 0.01)]
    [InlineData("learned", 65, 1)]
    public void Gradients_agree_with_central_differences_masked_and_not(string name, long n, double scale)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        map.to(float64);
        var scores = (Draw.Normal(3, [2, 1, n]) * scale).requires_grad_();
        var mask = cat([(arange(n) % 7 != 2).unsqueeze(0), zeros(1, n, ScalarType.Bool)], 0);

        var free = GradCheck.Run(map, () => map.call(scores, null).Weights, scores);
        var masked = GradCheck.Run(map, () => map.call(scores, mask).Weights, scores);

        Assert.True(free.Within(1e-6), free.ToString());
        Assert.True(masked.Within(1e-6), masked.ToString());
    }

    [Theory]
    [InlineData("sparsemax")]
    [InlineData("entmax15")]
    public void Float32_weights_of_thousands_of_locations_sum_to_1(string name)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        foreach (var scale in new[] { 1e-5, 1e-2, 1e-1, 1, 1e4 })
        {
            var scores = Draw.Normal(9, [2, 1, 5000], float32) * scale;
            var weights = map.call(scores, null).Weights;
            Assert.True((weights.sum(-1, type: float64) - 1).abs().max().ToDouble() < 2e-5, $"scale {scale}: {weights.sum(-1)[0, 0].ToSingle()}");
            Assert.True((weights - map.call(scores.to(float64), null).Weights.to(float32)).abs().max().ToDouble() < 2e-6, $"scale {scale}");
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_row_without_a_location_attends_to_nothing_beside_rows_with_few_and_with_many(string name)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        var scores = (Draw.Normal(4, [3, 1, 80]) * tensor([10.0, 0, 1], [3, 1, 1])).requires_grad_();
        var mask = ones(3, 80, ScalarType.Bool);
        mask[2] = tensor(false);

        var locations = map.Locate(scores, mask);
        (locations.Weights.square().sum() + locations.Entropy()!.sum()).backward();

        Assert.Equal(80, locations.Weights[1].count_nonzero().ToInt64());
        Assert.Equal(0, locations.Weights[2].sum().ToDouble());
        Assert.Equal(double.NegativeInfinity, locations.LogWeights[2].max().ToDouble());
        Assert.True(scores.grad!.isfinite().all().ToBoolean());
        Assert.Equal(0, scores.grad![2].abs().sum().ToDouble());
    }

    [Property(MaxTest = 30)]
    public void The_same_bits_with_and_without_a_gradient_and_the_same_numbers_from_any_layout(int seed, bool peaked)
    {
        using var scope = NewDisposeScope();
        var wide = Draw.Normal((ulong)(uint)seed, [2, 90, 3], float32) * (peaked ? 3 : 0.01);
        foreach (var map in new Entmax[] { new Sparsemax(), new Entmax15() })
        {
            using var _ = map;
            var weights = map.call(wide.transpose(1, 2).contiguous(), null).Weights;
            Assert.True(map.call(wide.transpose(1, 2).contiguous().requires_grad_(), null).Weights.detach().Equals(weights));
            Assert.True(map.call(wide.transpose(1, 2), null).Weights.allclose(weights, 0, 1e-6));
        }
    }

    [Theory]
    [InlineData("sparsemax", 10)]
    [InlineData("sparsemax", 90)]
    [InlineData("entmax15", 10)]
    [InlineData("entmax15", 90)]
    public void Not_a_number_spreads_over_its_row_and_no_further(string name, long n)
    {
        using var scope = NewDisposeScope();
        using var map = Map(name);
        var scores = Draw.Normal(2, [2, 1, n], float32);
        scores[1, 0, 5] = float.NaN;

        var weights = map.call(scores, null).Weights;

        Assert.Equal(1, weights[0].sum().ToSingle(), 5);
        Assert.True(float.IsNaN(weights[1].sum().ToSingle()));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(5)]
    public void Nothing_is_left_of_a_pass_and_the_weights_are_handed_over(double scale)
    {
        using var scope = NewDisposeScope();
        using var map = new Entmax15();
        using var scores = (Draw.Normal(1, [2, 1, 100]) * scale).requires_grad_();
        void Pass() => map.call(scores, null).Weights.square().sum().backward();
        LiveTensors.LeftBy(Pass);
        Assert.Equal(0, LiveTensors.LeftBy(Pass));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => map.call(scores, null)));
        Assert.Equal([0, 1, 100], map.call(zeros(0, 1, 100), null).Weights.shape);
    }

    private static Entmax Map(string name) => name switch
    {
        "sparsemax" => new Sparsemax(),
        "entmax15" => new Entmax15(),
        "learned" => new AlphaEntmax(1.6, learned: true),
        _ => new AlphaEntmax(Alphas[name]),
    };

    // Σ [(α − 1) z − τ]₊^{1/(α−1)} falls from at least 1 at τ = max − 1 to 0 at τ = max.
    private static double[] Bisected(double[] scores, double alpha)
    {
        var x = scores.Select(score => (score - scores.Max()) * (alpha - 1)).ToArray();
        double[] At(double threshold) => [.. x.Select(value => value > threshold ? Math.Pow(value - threshold, 1 / (alpha - 1)) : 0)];
        var (low, high) = (-1.0, 0.0);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (At(middle).Sum() >= 1) low = middle;
            else high = middle;
        }

        return At(low);
    }
}
