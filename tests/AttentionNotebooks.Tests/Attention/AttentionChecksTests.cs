using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Scores that are not finite.</summary>
public class AttentionChecksTests
{
    public static TheoryData<Distribution> Distributions => [new Softmax(), new Softmax(0.5), new Sparsemax(), new Entmax15(), new AlphaEntmax(1.3), new AlphaEntmax(1.7, learned: true)];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void A_score_of_minus_infinity_is_a_masked_location(Distribution distribution)
    {
        using var scope = NewDisposeScope();
        var finite = Draw.Normal(1, [2, 2, 4]).to(float32);
        var mask = tensor([true, false, true, true, false, false, false, false], [2, 4]);
        var infinite = finite.masked_fill(mask.unsqueeze(1).logical_not(), double.NegativeInfinity).detach().requires_grad_();

        var (masked, unmasked) = (distribution.call(finite, mask), distribution.call(infinite, null));
        (unmasked.Weights.square().sum() + unmasked.Entropy()!.sum()).backward();

        Assert.True(unmasked.Weights.equal(masked.Weights).all().ToBoolean());
        Assert.Equal(0, unmasked.Weights[1].sum().ToSingle());
        Assert.Equal(Categorical.Nothing, unmasked.Mode().Choice[1, 0, 0].ToInt64());
        Assert.True(infinite.grad!.isfinite().all().ToBoolean());
        Assert.All(distribution.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().ToBoolean()));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Not_a_number_is_named_with_its_place_when_checks_are_on(Distribution distribution)
    {
        using var scope = NewDisposeScope();
        var scores = zeros(2, 3, 4);
        scores[1, 2, 0] = float.NaN;

        // Only this test switches them on; for others, running beside it, scores without NaN pass as before.
        AttentionChecks.Enabled = true;
        try
        {
            var error = Assert.Throws<ArgumentException>(() => distribution.call(scores, null));
            Assert.StartsWith("scores has 1 NaN among 24 numbers, the first at [1, 2, 0].", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, distribution.call(zeros(1, 1, 4), null).Weights.sum().ToSingle(), 5);
        }
        finally
        {
            AttentionChecks.Enabled = false;
        }
    }
}
