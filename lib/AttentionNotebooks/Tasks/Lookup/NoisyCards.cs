using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace AttentionNotebooks;

/// <summary>
/// Keys are directions, and a query is the wanted key with noise on it, q = k + σε: which card is meant cannot be known for certain.
/// Given q, the chance that card n is meant is softmax(q·k / σ²) exactly, since all keys are equally long.
/// </summary>
/// <param name="Noise">σ &gt; 0.</param>
/// <param name="Features">D, 2 or more; a key is √D long.</param>
/// <param name="Count">N, how many cards lie on the table.</param>
public sealed record NoisyCards(double Noise, int Features = 8, int Count = 8) : LookupCards(Features, Count)
{
    /// <summary>How often the best guess is right: E[F(cos ∠(q, k))^{N−1}], where F is the distribution of the cosine between q and the key of another card.</summary>
    public override double DotPointing
    {
        get
        {
            // Along k, q is √D + σz; across it, σ times a chi-distributed length.
            var across = new Chi(Features - 1);
            double Given(double z) => GaussLegendreRule.Integrate(r => across.Density(r) * Math.Pow(Below(Math.Sqrt(Features) + Noise * z, Noise * r), Count - 1), 0, across.Mode + 8, 64);
            return GaussLegendreRule.Integrate(z => MathNet.Numerics.Distributions.Normal.PDF(0, 1, z) * Given(z), -8, 8, 128);
        }
    }

    internal override Tensor Keys(long tables, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        return (torch.nn.functional.normalize(torch.randn([tables, Count, Features], generator: generator), dim: 2) * Math.Sqrt(Features)).MoveToOuterDisposeScope();
    }

    internal override Tensor Ask(Tensor keys, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        return (keys + Noise * torch.randn(keys.shape, generator: generator)).MoveToOuterDisposeScope();
    }

    // The square of the cosine between a fixed and a random direction is Beta(½, (D − 1)/2).
    private double Below(double along, double across)
    {
        var square = along * along / (along * along + across * across);
        return (1 + Math.Sign(along) * SpecialFunctions.BetaRegularized(0.5, (Features - 1) / 2.0, square)) / 2;
    }
}
