using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class RationaleScoreTests
{
    private static readonly Tensor Selected = tensor([true, true, false, false, /**/ true, false, false, true], [2, 4]).DetachFromDisposeScope();
    private static readonly Tensor Truth = tensor([true, false, true, false, /**/ true, false, false, false], [2, 4]).DetachFromDisposeScope();

    [Fact]
    public void Micro_counts_tokens_and_macro_examples()
    {
        using var scope = NewDisposeScope();

        var (micro, macro) = (RationaleScore.Micro(Selected, Truth), RationaleScore.Macro(Selected, Truth));

        Assert.Equal((2.0 / 4, 2.0 / 3), (micro.Precision, micro.Recall));
        Assert.Equal((0.5, 0.75), (macro.Precision, macro.Recall));
        Assert.Equal(4.0 / 7, micro.F1, 12);
        Assert.Equal("precision 50.0 %, recall 66.7 %, F1 57.1 %", micro.ToString());
    }

    [Fact]
    public void Padding_does_not_count_and_nothing_selected_or_nothing_true_is_no_mistake()
    {
        using var scope = NewDisposeScope();
        var mask = tensor([true, false, true, true, /**/ true, true, true, false], [2, 4]);

        Assert.Equal(new RationaleScore(1, 2.0 / 3), RationaleScore.Micro(Selected, Truth, mask));
        Assert.Equal(new RationaleScore(1, 0), RationaleScore.Micro(zeros(2, 4, @bool), Truth));
        Assert.Equal(new RationaleScore(0, 1), RationaleScore.Micro(Selected, zeros(2, 4, @bool)));
        Assert.Equal(0, new RationaleScore(0, 0).F1);
    }

    [Property(MaxTest = 40)]
    public void The_average_precision_is_that_of_a_walk_down_the_ranking(int seed, byte size)
    {
        using var scope = NewDisposeScope();
        var n = 2 + size % 12;
        var weights = (Draw.Normal((ulong)(uint)seed, [1, n]) * 2).round();
        var truth = Draw.Normal((ulong)(uint)seed + 1, [1, n]) > 0;

        var actual = RationaleScore.AveragePrecision(weights, truth).ToDouble();

        // Down the distinct weights: Σ (recall gained) · (precision there).
        var pairs = weights[0].data<double>().ToArray().Zip(truth[0].data<bool>().ToArray()).ToArray();
        var (count, hits, sum, total) = (0, 0, 0.0, pairs.Count(pair => pair.Second));
        foreach (var group in pairs.GroupBy(pair => pair.First).OrderByDescending(group => group.Key))
        {
            count += group.Count();
            var gained = group.Count(pair => pair.Second);
            hits += gained;
            sum += (double)gained / Math.Max(1, total) * hits / count;
        }

        Assert.Equal(total == 0 ? 1 : sum, actual, 12);
    }

    [Fact]
    public void Padding_has_no_rank_and_shapes_that_do_not_fit_are_errors()
    {
        using var scope = NewDisposeScope();
        var weights = tensor([0.9, 0.5, 0.1], [1, 3]);
        var truth = tensor([false, true, false], [1, 3]);

        Assert.Equal(0.5, RationaleScore.AveragePrecision(weights, truth).ToDouble());
        Assert.Equal(1, RationaleScore.AveragePrecision(weights, truth, tensor([false, true, true], [1, 3])).ToDouble());
        Assert.StartsWith("selected has shape [2, 3], expected [2, 4].", Assert.Throws<ArgumentException>(() => RationaleScore.Micro(zeros(2, 3, @bool), Truth)).Message, StringComparison.Ordinal);
    }
}
