namespace AttentionNotebooks;

/// <summary>
/// Holds the share of locations that gates open at a target, by Lagrangian relaxation (Bastings et al. 2019, §4.3; Rezende &amp; Viola 2018, algorithm 1):
/// max_λ min_θ ℓ + λ C with C = logit r − logit target, where r is the expected rate of a batch. Each step goes down in θ and a little up in λ, by the moving average of C.
/// </summary>
/// <remarks>
/// <para>
/// λ takes both signs, so that the rate is met from above and from below. The constraint is the same in log-odds as it is in shares, but its
/// gradient does not vanish where nearly all gates are open, or shut: in shares, gates that were pressed shut never open again.
/// A term in proportion to the average, as in an augmented Lagrangian (Hestenes 1969), damps the swing of λ around its end.
/// </para>
/// <para>
/// The target may come into force slowly: a model that may read little before it knows what to read ends by reading nothing.
/// λ and the average are buffers: a checkpoint keeps them.
/// </para>
/// </remarks>
public sealed class SelectionRate : torch.nn.Module
{
    private const double Tiny = 1e-6;

    private readonly Tensor multiplier; // [] float64, λ
    private readonly Tensor excess; // [] float64, the moving average of C

    /// <summary>Begins with λ = 0.</summary>
    /// <param name="target">The rate to hold, in 0..1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public SelectionRate(double target) : base(nameof(SelectionRate))
    {
        Target = Share(target);
        multiplier = torch.zeros([], torch.float64).DetachFromDisposeScope();
        excess = torch.zeros([], torch.float64).DetachFromDisposeScope();
        register_buffer(nameof(multiplier), multiplier);
        register_buffer(nameof(excess), excess);
        RegisterComponents();
    }

    /// <summary>The rate to hold, between 0 and 1.</summary>
    public double Target { get; }

    /// <summary>Where the target begins, between 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double Start { get; init => field = Share(value); } = 0.97;

    /// <summary>By which part of the run the target is reached, in 0..1; until then it falls evenly in log-odds.</summary>
    public double Settled { get; init; }

    /// <summary>η, how far λ goes in a step for an excess of 1.</summary>
    public double Speed { get; init; } = 0.01;

    /// <summary>ρ, how much an excess of 1 adds to λ for as long as it lasts.</summary>
    public double Stiffness { get; init; } = 1;

    /// <summary>How much of the average a step keeps, in 0..1.</summary>
    public double Decay { get; init; } = 0.5;

    /// <summary>λ, what log-odds of the rate cost now; negative where too few gates are open.</summary>
    public double Multiplier => multiplier.ToDouble();

    /// <summary>The expected share of open gates among those that may open.</summary>
    /// <param name="gates">The gates [B, T, N].</param>
    /// <param name="mask">Boolean [B, N], true where a gate may open; null for all.</param>
    /// <returns>r [B, T], in 0..1; 0 where none may.</returns>
    public static Tensor Of(Gates gates, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(gates);
        using var scope = torch.NewDisposeScope();
        var (b, n) = (gates.Open.shape[0], gates.Open.shape[2]);
        if (mask is not null) Shape.Require(mask, nameof(mask), b, n);
        var count = mask is null ? torch.full([1, 1], n, gates.Open.dtype, gates.Open.device) : mask.sum(-1, keepdim: true).to(gates.Open.dtype);
        return (gates.ExpectedCount() / count.clamp_min(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The rate to hold at some time of a run.</summary>
    /// <param name="progress">How much of the run is over, 0..1.</param>
    public double TargetAt(double progress)
    {
        var part = Settled > 0 ? Math.Min(1, progress / Settled) : 1;
        return 1 / (1 + Math.Exp(-(1 - part) * LogOdds(Start) - part * LogOdds(Target)));
    }

    /// <summary>The term of the loss, with λ as it stands.</summary>
    /// <param name="rates">r, of any shape; a gradient flows back to them.</param>
    /// <param name="progress">How much of the run is over, 0..1.</param>
    /// <returns>(λ + ρ · average) · C, a scalar; it may be negative.</returns>
    public Tensor Penalty(Tensor rates, double progress = 1)
    {
        ArgumentNullException.ThrowIfNull(rates);
        using var scope = torch.NewDisposeScope();
        var price = (multiplier + Stiffness * excess).to(rates.dtype);
        return (price * Constraint(rates, progress)).MoveToOuterDisposeScope();
    }

    /// <summary>Looks at the rates of a step, and moves λ for the next.</summary>
    /// <param name="rates">r, of any shape.</param>
    /// <param name="progress">How much of the run is over, 0..1.</param>
    public void Observe(Tensor rates, double progress = 1)
    {
        ArgumentNullException.ThrowIfNull(rates);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        // C̄ ← α C̄ + (1 − α) C, λ ← λ + η C̄   Rezende & Viola 2018, algorithm 1
        excess.mul_(Decay).add_((1 - Decay) * Constraint(rates.to(torch.float64), progress));
        multiplier.add_(Speed * excess);
    }

    // C = logit r − logit target
    private Tensor Constraint(Tensor rates, double progress)
    {
        using var scope = torch.NewDisposeScope();
        var rate = rates.mean();
        return ((rate + Tiny).log() - (1 + Tiny - rate).log() - LogOdds(TargetAt(progress))).MoveToOuterDisposeScope();
    }

    private static double LogOdds(double share) => Math.Log(share / (1 - share));

    private static double Share(double value) => value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The rate is between 0 and 1.");
}
