using MathNet.Numerics.Integration;

namespace AttentionNotebooks;

/// <summary>Gates that are shut, open, or in between: a Kumaraswamy variable, stretched beyond 0 and 1 and cut off there (Bastings et al. 2019, §3).</summary>
/// <remarks>A draw is differentiable by itself (it is the inverse of the distribution function), so no estimator is needed although gates are exactly 0 or 1 with positive probability.</remarks>
/// <param name="A">The first shape a &gt; 0 [B, T, N].</param>
/// <param name="B">The second shape b &gt; 0 [B, T, N].</param>
/// <param name="Shut">Boolean, true at a masked location; broadcasts to [B, T, N].</param>
public sealed record HardKumaGates(Tensor A, Tensor B, Tensor Shut) : Gates(Mean(A, B, Shut), NotZero(A, B, Shut))
{
    // The support that is cut to 0..1   Bastings 2019, §3.2
    private const double Low = -0.1;
    private const double High = 1.1;

    // The integrand is smooth: 16 nodes give every digit of a double.
    private static readonly GaussLegendreRule Quadrature = new(0, 1, 16);

    internal override HardKumaGates Map(Func<Tensor, Tensor> change) => this with { Weights = change(Weights), Open = change(Open), A = change(A), B = change(B), Shut = change(Shut) };

    /// <summary>The probability that a gate is wide open, P(z = 1) [B, T, N].</summary>
    public Tensor WideOpen() => Beyond(A, B, 1).masked_fill(Shut, 0);

    /// <summary>Draws every gate; those not shut are read, for as much as they are open.</summary>
    public override Selection Sample(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        return Select(Draw(generator)).MoveToOuterDisposeScope();
    }

    /// <summary>Shut or wide open where that is the likeliest of the three, else what the gate is in the mean (Bastings et al. 2019, §3.3).</summary>
    public override Selection Mode()
    {
        using var scope = torch.NewDisposeScope();
        var (shut, wide) = (1 - Open, WideOpen());
        var between = Open - wide;
        var gates = torch.where(shut > wide, torch.zeros_like(shut), torch.ones_like(shut));
        return Select(torch.where((between > shut).logical_and(between > wide), Weights, gates).masked_fill(Shut, 0)).MoveToOuterDisposeScope();
    }

    /// <summary>None is needed: a draw is differentiable.</summary>
    public override Tensor? LogProbability(Tensor choice) => null;

    /// <summary>None is needed: a draw is differentiable.</summary>
    public override Tensor? Entropy() => null;

    internal override IReadOnlyList<Tensor> Logits => [];

    /// <summary>A draw is its own relaxation, at any temperature.</summary>
    public override Coupling Couple(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var gates = Draw(generator);
        return new Coupling(Choose(gates > 0), _ => gates.alias(), _ => gates.alias());
    }

    private Selection Select(Tensor gates)
    {
        var choice = Choose(gates > 0);
        return new Selection(choice) { Shares = gates.gather(-1, choice.clamp_min(0)) };
    }

    // z = min(1, max(0, l + (r − l) (1 − u^{1/b})^{1/a}))   Bastings 2019, eq. 4–6
    private Tensor Draw(Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var uniform = RandomNumbers.Uniform(A.shape, torch.float64, A.device, generator).clamp(1e-12, 1 - 1e-12);
        var rest = (uniform.log() / B.to(torch.float64)).expm1().neg();
        var kuma = (rest.clamp_min(1e-300).log() / A.to(torch.float64)).exp();
        return (Low + (High - Low) * kuma).clamp(0, 1).to(A.dtype).masked_fill(Shut, 0).MoveToOuterDisposeScope();
    }

    // P(z > x) = (1 − ((x − l) / (r − l))^a)^b
    private static Tensor Beyond(Tensor a, Tensor b, double x)
    {
        using var scope = torch.NewDisposeScope();
        var place = Math.Log((x - Low) / (High - Low));
        return ((-(a * place).exp()).log1p() * b).exp().MoveToOuterDisposeScope();
    }

    private static Tensor NotZero(Tensor a, Tensor b, Tensor shut) => Beyond(a, b, 0).masked_fill(shut, 0);

    // E[z] = ∫₀¹ P(z > x) dx, by Gauss–Legendre.
    private static Tensor Mean(Tensor a, Tensor b, Tensor shut)
    {
        using var scope = torch.NewDisposeScope();
        var mean = torch.zeros_like(a);
        foreach (var (x, weight) in Quadrature.Abscissas.Zip(Quadrature.Weights)) mean = mean + weight * Beyond(a, b, x);
        return mean.masked_fill(shut, 0).MoveToOuterDisposeScope();
    }
}
