namespace AttentionNotebooks;

/// <summary>
/// Attention that only moves on (Raffel et al. 2017, §2): from where the last step stopped it inspects one location after the other and stops at each with probability p = σ(e).
/// In expectation αₜₙ = pₜₙ qₜₙ with qₜₙ = (1 − pₜₙ₋₁) qₜₙ₋₁ + αₜ₋₁ₙ (eq. 8–9).
/// </summary>
/// <remarks>
/// Weights sum to at most 1: what is left passes the last location, and reads nothing. While it trains, noise on the scores makes it choose sharply (§2.4);
/// after <c>eval()</c> it stops at the first p &gt; ½, as it does online (§2.3).
/// The T steps of a call follow on each other in expectation. To draw a path of hard choices ask one step at a time, with its <see cref="Past"/>.
/// </remarks>
public class Monotonic : Distribution
{
    private readonly double noise;

    /// <summary>Makes the distribution.</summary>
    /// <param name="noise">The deviation of the noise on the scores while training, 0 or more; 1 in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not a number.</exception>
    public Monotonic(double noise = 0) : this(nameof(Monotonic), noise)
    {
    }

    private protected Monotonic(string name, double noise) : base(name)
    {
        if (!(noise >= 0)) throw new ArgumentOutOfRangeException(nameof(noise), noise, "The deviation of the noise is 0 or more.");
        this.noise = noise;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">Noise is asked for, and there is no generator.</exception>
    public override Categorical forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var weights = Stops(scores, Forbidden(scores, mask), past, generator);
        return (Categorical)Categorical.WithNothing(weights).MoveToOuterDisposeScope();
    }

    /// <summary>Where each step stops.</summary>
    /// <returns>α [B, T, N].</returns>
    private protected Tensor Stops(Tensor energies, Tensor forbidden, Past? past, Generator? generator)
    {
        var (b, t, n) = (energies.shape[0], energies.shape[1], energies.shape[2]);
        // At first, the start of the sequence.
        if (past is not null) Shape.Require(past.Anchor, "past.Anchor", b, 1, n);
        var last = past is null ? torch.nn.functional.pad(energies.new_ones(b, Math.Min(n, 1)), [0, n - Math.Min(n, 1)]) : past.Anchor.squeeze(1);
        var p = Probabilities(energies.masked_fill(forbidden, 0), generator).masked_fill(forbidden, 0);
        var ratios = torch.nn.functional.pad(1 - p.narrow(-1, 0, Math.Max(n - 1, 0)), [Math.Min(n, 1), 0]);
        var steps = new Tensor[t];
        for (var step = 0; step < t; step++) steps[step] = last = p.select(1, step) * LinearRecurrence.Solve(ratios.select(1, step), last);
        return t == 0 ? p : torch.stack(steps, 1);
    }

    private Tensor Probabilities(Tensor energies, Generator? generator)
    {
        // Hard at test time: the same recurrence with p of 0 or 1   Raffel 2017, §2.3
        if (!training) return energies.gt(0).to(energies.dtype);
        if (noise == 0) return energies.sigmoid();
        ArgumentNullException.ThrowIfNull(generator);
        return (energies + noise * RandomNumbers.Normal(energies.shape, energies.dtype, energies.device, generator)).sigmoid();
    }
}
