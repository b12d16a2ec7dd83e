using MathNet.Numerics.Integration;
using Standard = MathNet.Numerics.Distributions.Normal;

namespace AttentionNotebooks;

/// <summary>How much the weights of a softmax still answer when its scores move: the sum of ∂αₙ/∂eₙ = αₙ (1 − αₙ), which is 1 − Σ α².</summary>
/// <remarks>0 where one location has all the weight, and a gradient no longer comes through; 1 − 1/N where all have the same.</remarks>
public static class Saturation
{
    /// <summary>1 − Σ α².</summary>
    /// <param name="weights">α [.., N], which sum to 1.</param>
    /// <returns>[..], in 0..1 − 1/N.</returns>
    public static Tensor Slope(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = torch.NewDisposeScope();
        return (1 - weights.square().sum(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>Its mean over scores that are independent and normal, where they lie far apart: f/σ, with f the density, at 0, of the gap between the two largest of N standard normal numbers.</summary>
    /// <param name="locations">N ≥ 2.</param>
    /// <param name="deviation">σ, the standard deviation of the scores; the formula is good from about 5 on.</param>
    public static double Limit(int locations, double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(locations, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        // f = N (N − 1) ∫ φ(x)² Φ(x)^{N−2} dx: two are at x, and the others below
        var density = GaussLegendreRule.Integrate(
            x => locations * (locations - 1.0) * Math.Pow(Standard.PDF(0, 1, x), 2) * Math.Pow(Standard.CDF(0, 1, x), locations - 2), -9, 9, 256);
        return density / deviation;
    }
}
