using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class RemovalCurveTests
{
    private static readonly double[] Importance = [0.1, 0.4, 0.2, 0.3];

    [Fact]
    public void Of_a_model_that_adds_up_what_it_sees_the_curves_are_known()
    {
        using var scope = NewDisposeScope();
        var weights = tensor(Importance, [1, 4]);
        Tensor Score(Tensor keep) => (keep.to(float64) * weights).sum(-1);

        var deletion = RemovalCurve.Deletion(weights, Score, 4, new Generator(1));
        var insertion = RemovalCurve.Insertion(weights, Score, 4, new Generator(1));

        Assert.True(deletion.Scores[0].allclose(tensor([1, 0.6, 0.3, 0.1, 0]), 0, 1e-12));
        Assert.True(insertion.Scores[0].allclose(tensor([0, 0.4, 0.7, 0.9, 1]), 0, 1e-12));
        Assert.Equal((0.5 + 0.6 + 0.3 + 0.1) / 4, deletion.Area().ToDouble(), 12);
        Assert.Equal(1 - deletion.Area().ToDouble(), insertion.Area().ToDouble(), 12);
    }

    [Fact]
    public void The_true_order_beats_a_random_one_and_that_one_the_opposite()
    {
        using var scope = NewDisposeScope();
        const int B = 2000;
        var truth = Draw.Normal(1, [B, 10]).softmax(-1);
        Tensor Score(Tensor keep) => (keep.to(float64) * truth).sum(-1);
        double Area(Tensor weights) => RemovalCurve.Deletion(weights, Score, 5, new Generator(1)).Area().mean().ToDouble();

        var (best, random, worst) = (Area(truth), Area(Draw.Normal(2, [B, 10])), Area(-truth));

        Assert.True(best < random - 0.05 && random < worst - 0.05, $"{best} {random} {worst}");
        Assert.Equal(0.5, random, 0.01);
    }

    [Fact]
    public void Ties_are_broken_by_chance_and_so_is_no_attention_at_all()
    {
        using var scope = NewDisposeScope();
        const int B = 4000;
        var truth = tensor(Importance, [1, 4]).expand(B, 4);
        Tensor Score(Tensor keep) => (keep.to(float64) * truth).sum(-1);

        var curve = RemovalCurve.Deletion(zeros(B, 4), Score, 4, new Generator(1));

        Assert.True(curve.Scores.mean([0]).allclose(tensor([1, 0.75, 0.5, 0.25, 0]), 0, 0.02));
    }

    [Fact]
    public void Fewer_steps_take_several_locations_at_once_and_wrong_numbers_are_errors()
    {
        using var scope = NewDisposeScope();
        var kept = new List<long>();
        Tensor Score(Tensor keep)
        {
            kept.Add(keep.sum().ToInt64());
            return zeros(1);
        }

        RemovalCurve.Deletion(arange(10).unsqueeze(0), Score, 4, new Generator(1));

        Assert.Equal([10L, 8, 5, 2, 0], kept);
        Assert.Throws<ArgumentOutOfRangeException>(() => RemovalCurve.Deletion(zeros(1, 3), Score, 4, new Generator(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RemovalCurve.Deletion(zeros(1, 3), Score, 0, new Generator(1)));
        Assert.StartsWith("score has shape [3], expected [1].", Assert.Throws<ArgumentException>(() => RemovalCurve.Deletion(zeros(1, 3), _ => zeros(3), 2, new Generator(1))).Message, StringComparison.Ordinal);
    }
}
