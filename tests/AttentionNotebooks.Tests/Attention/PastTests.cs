using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Scores and distributions that look at the steps before.</summary>
public class PastTests
{
    private const long B = 2, N = 5;

    [Fact]
    public void The_location_aware_score_is_its_formula()
    {
        using var scope = NewDisposeScope();
        var score = Draw.Weights(new LocationAwareScore(3, 2, 4, filters: 2, width: 3), 1);
        var weights = score.state_dict();
        var (query, keys) = (Draw.Normal(2, [B, 1, 3]), Draw.Normal(3, [B, N, 2]));
        var past = PastOf(Draw.Normal(4, [B, 1, N]).softmax(-1));

        var scores = score.call(query, keys, past);

        var filters = weights["convolve.weight"];
        for (var (b, n) = (0, 0); b < B; (b, n) = n + 1 < N ? (b, n + 1) : (b + 1, 0))
        {
            var seen = zeros(2, float64);
            for (var offset = -1; offset <= 1; offset++)
                if (n + offset is >= 0 and < (int)N) seen += filters.select(1, 0).select(1, offset + 1) * past.Attended[b, 0, n + offset];
            var hidden = weights["projectQuery.weight"].mv(query[b, 0]) + weights["projectQuery.bias"] + weights["projectKey.weight"].mv(keys[b, n]) + weights["projectPast.weight"].mv(seen);
            Assert.Equal(weights["combine.weight"][0].dot(hidden.tanh()).ToDouble(), scores[b, 0, n].ToDouble(), 12);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chain_of_location_aware_steps_has_the_gradients_of_central_differences(bool coverage)
    {
        using var scope = NewDisposeScope();
        using var attention = Draw.Weights(new Attention(new LocationAwareScore(3, 2, 4, filters: 2, width: 3, coverage), new Softmax(), new Expected()), 1);
        var (queries, keys, values) = (Draw.Leaf(2, B, 3, 3), Draw.Leaf(3, B, N, 2), Draw.Leaf(4, B, N, 2));

        var result = GradCheck.Run(attention, () => cat([.. Steps(attention, queries, keys, values).Select(step => step.Context)], 1), queries, keys, values);

        Assert.True(result.Within(1e-7), result.ToString());
    }

    [Fact]
    public void Coverage_sums_what_all_steps_attended_to_and_the_last_step_is_remembered()
    {
        using var scope = NewDisposeScope();
        using var attention = new Attention(new DotScore(), new Softmax(), new Expected());
        var (queries, keys, values) = (Draw.Normal(2, [B, 3, 2]), Draw.Normal(3, [B, N, 2]), Draw.Normal(4, [B, N, 2]));
        var all = attention.forward(queries, keys, values);

        var atOnce = Past.After(all);
        var steps = Steps(attention, queries, keys, values);
        var oneByOne = Past.After(steps[2], Past.After(steps[1], Past.After(steps[0])));

        foreach (var past in new[] { atOnce, oneByOne })
        {
            Assert.Equal(3, past.Steps);
            Assert.True(past.Coverage.allclose(all.Weights.sum(1, keepdim: true), 0, 1e-14));
            Assert.True(past.Attended.allclose(all.Weights.narrow(1, 2, 1), 0, 1e-14));
            Assert.True(past.Anchor.allclose(past.Attended, 0, 0));
        }
    }

    [Fact]
    public void After_a_hard_read_the_past_is_what_was_chosen_and_after_a_mixture_what_was_mixed()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var softmax = new Softmax();
        var locations = softmax.call(Draw.Normal(1, [B, 2, N]), null);
        var values = eye(N, dtype: float64).expand(B, N, N);

        // The values are the unit vectors: the context says what was read.
        foreach (var read in new Read[] { new Expected(), new Sampled(), new MostLikely(), new TopK(2), new WithoutReplacement(2), new GumbelSoftmax(), new StraightThrough(), new Mixed() })
        {
            var result = read.Take(locations, values, generator);
            Assert.True(Past.After(result).Attended.allclose(result.Context.narrow(1, 1, 1), 0, 1e-14), read.GetType().Name);
        }
    }

    [Fact]
    public void The_window_of_local_m_moves_on_by_one_location_a_step_and_stays_at_the_end()
    {
        using var scope = NewDisposeScope();
        using var attention = new Attention(new LocalMonotonicScore(new UniformScore(), 1), new Softmax(), new Expected());
        var (queries, keys, values) = (zeros(1, 7, 1), zeros(1, N, 1), zeros(1, N, 1));

        var weights = attention.forward(queries, keys, values).Weights[0];
        var oneByOne = cat([.. Steps(attention, queries, keys, values).Select(step => step.Weights)], 1)[0];

        for (var t = 0; t < 7; t++)
        {
            var centre = Math.Min(t, N - 1);
            var expected = Enumerable.Range(0, (int)N).Select(n => Math.Abs(n - centre) <= 1 ? 1f : 0f).ToArray();
            Assert.True(weights[t].allclose(tensor(expected) / expected.Sum(), 0, 1e-6));
        }

        Assert.True(oneByOne.Equals(weights));
    }

    [Fact]
    public void Local_p_is_its_formula_and_its_position_learns_through_the_gaussian()
    {
        using var scope = NewDisposeScope();
        const int HalfWidth = 2;
        var local = Draw.Weights(new LocalPredictiveScore(new DotScore(), 3, HalfWidth), 5);
        var weights = local.state_dict();
        var (query, keys) = (Draw.Leaf(2, 1, 2, 3), Draw.Leaf(3, 1, N, 3));

        var scores = local.call(query, keys);

        for (var t = 0; t < 2; t++)
        {
            var position = (N - 1) * weights["position.weight"].mv(weights["hidden.weight"].mv(query[0, t]).tanh()).sigmoid().ToDouble();
            for (var n = 0; n < N; n++)
            {
                var expected = Math.Abs(n - position) > HalfWidth ? double.NegativeInfinity : query[0, t].dot(keys[0, n]).ToDouble() - Math.Pow(n - position, 2) / (2 * Math.Pow(HalfWidth / 2.0, 2));
                Assert.Equal(expected, scores[0, t, n].ToDouble(), 10);
            }
        }

        using var attention = new Attention(local, new Softmax(), new Expected());
        var gradients = GradCheck.Run(attention, () => attention.forward(query, keys, keys).Context, query, keys);
        Assert.True(gradients.Within(1e-7), gradients.ToString());
    }

    [Fact]
    public void A_past_of_other_locations_and_more_than_one_step_are_errors()
    {
        using var scope = NewDisposeScope();
        using var score = new LocationAwareScore(3, 2, 4);
        using var monotonic = new Monotonic();
        var past = PastOf(zeros(B, 1, N + 1));

        Assert.StartsWith("past has shape [2, 1, 6], expected [2, 1, 5].", Assert.Throws<ArgumentException>(() => score.call(zeros(B, 1, 3), zeros(B, N, 2), past)).Message, StringComparison.Ordinal);
        Assert.StartsWith("query has shape [2, 2, 3], expected [B, 1, 3].", Assert.Throws<ArgumentException>(() => score.call(zeros(B, 2, 3), zeros(B, N, 2), past)).Message, StringComparison.Ordinal);
        Assert.StartsWith("past.Anchor has shape [2, 1, 6], expected [2, 1, 5].", Assert.Throws<ArgumentException>(() => monotonic.call(zeros(B, 1, N), null, past, null)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocationAwareScore(3, 2, 4, width: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalMonotonicScore(new DotScore(), 0));
        Assert.Throws<ArgumentNullException>(() => new LocalMonotonicScore(null!, 1));
    }

    internal static Past PastOf(Tensor attended) => new(attended, attended, attended, 1);

    private static List<AttentionResult> Steps(Attention attention, Tensor queries, Tensor keys, Tensor values)
    {
        var (results, past) = (new List<AttentionResult>(), default(Past));
        for (var t = 0; t < queries.shape[1]; t++)
        {
            results.Add(attention.forward(queries.narrow(1, t, 1), keys, values, past: past));
            past = Past.After(results[^1], past);
        }

        return results;
    }
}
