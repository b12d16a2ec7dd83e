using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace AttentionNotebooks;

/// <summary>Keys are standard normal vectors, and a query is the wanted key, turned: two languages for the same thing.</summary>
/// <param name="Degrees">The angle between every key and its query.</param>
/// <param name="Features">D, an even number: features turn in pairs.</param>
/// <param name="Count">N, how many cards lie on the table.</param>
public sealed record TurnedCards(double Degrees, int Features = 8, int Count = 8) : LookupCards(Features, Count)
{
    private double Angle => Trig.DegreeToRadian(Degrees);

    /// <summary>The chance that all other keys score less than the right one: E[Φ(|k| cos θ)^{N−1}] over |k|, which is chi-distributed.</summary>
    /// <remarks>q·k = |k|² cos θ at the right card; the others are normal around 0 with deviation |q| = |k|, and know nothing of each other.</remarks>
    public override double DotPointing
    {
        get
        {
            var length = new Chi(Features);
            var far = length.Mode + 12;
            return GaussLegendreRule.Integrate(r => length.Density(r) * Math.Pow(MathNet.Numerics.Distributions.Normal.CDF(0, 1, r * Math.Cos(Angle)), Count - 1), 0, far, 256);
        }
    }

    internal override Tensor Keys(long tables, Generator generator) => torch.randn([tables, Count, Features], generator: generator);

    internal override Tensor Ask(Tensor keys, Generator generator)
    {
        if (Features % 2 != 0) throw new ArgumentException($"{Features} features cannot turn in pairs: take an even number.", nameof(keys));
        using var scope = torch.NewDisposeScope();
        var (cos, sin) = ((float)Math.Cos(Angle), (float)Math.Sin(Angle));
        // (x, y) → (x cos θ − y sin θ, x sin θ + y cos θ), as rows
        var turn = torch.tensor([cos, sin, -sin, cos], [2, 2]);
        return keys.reshape(keys.shape[0], 1, Features / 2, 2).matmul(turn).reshape(keys.shape).MoveToOuterDisposeScope();
    }
}
