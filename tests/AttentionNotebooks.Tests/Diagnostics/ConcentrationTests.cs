using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ConcentrationTests
{
    [Fact]
    public void One_location_all_of_them_and_none_are_what_they_are_called()
    {
        using var scope = NewDisposeScope();
        var weights = tensor([1.0, 0, 0, 0, /**/ 0.25, 0.25, 0.25, 0.25, /**/ 0.5, 0.5, 0, 0, /**/ 0, 0, 0, 0], [4, 4]);

        Assert.True(Concentration.Entropy(weights).allclose(tensor([0, Math.Log(4), Math.Log(2), 0]), 0, 1e-14));
        Assert.True(Concentration.EffectiveCount(weights).allclose(tensor([1.0, 4, 2, 0]), 0, 1e-13));
        Assert.Equal([1L, 4, 2, 0], Concentration.SupportSize(weights).data<long>().ToArray());
        Assert.Equal([1L, 0, 2, 0], Concentration.SupportSize(weights, 0.3).data<long>().ToArray());
    }

    [Property(MaxTest = 50)]
    public void The_effective_count_is_between_one_and_the_support_and_scaling_changes_nothing(int seed, byte size)
    {
        using var scope = NewDisposeScope();
        var weights = Draw.Normal((ulong)(uint)seed, [3, 1 + size % 20]).clamp_min(0) + 1e-3;

        var count = Concentration.EffectiveCount(weights);

        Assert.True((count >= 1 - 1e-9).logical_and(count <= Concentration.SupportSize(weights).to(float64) + 1e-9).all().ToBoolean());
        Assert.True(count.allclose(Concentration.EffectiveCount(7 * weights), 0, 1e-9));
    }

    [Fact]
    public void Its_gradient_is_that_of_central_differences_and_nothing_is_left()
    {
        using var scope = NewDisposeScope();
        var scores = Draw.Leaf(1, 2, 5);

        var result = GradCheck.Run(() => Concentration.Entropy(scores.softmax(-1)), [scores]);

        Assert.True(result.Within(1e-7), result.ToString());
        var weights = scores.softmax(-1);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => Concentration.EffectiveCount(weights)));
    }
}
