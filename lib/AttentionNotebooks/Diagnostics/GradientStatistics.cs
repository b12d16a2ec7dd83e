using System.Globalization;

namespace AttentionNotebooks;

/// <summary>How good an estimate of a gradient is, from many independent estimates, chunk by chunk (Chan, Golub &amp; LeVeque 1983 for the running moments).</summary>
public sealed class GradientStatistics : IDisposable
{
    private Tensor? mean;
    private Tensor? squares;

    /// <summary>How many estimates were added.</summary>
    public long Count { get; private set; }

    /// <summary>The mean estimate, [P] float64; it stays with the statistics.</summary>
    /// <exception cref="InvalidOperationException">None was added.</exception>
    public Tensor Mean => mean ?? throw new InvalidOperationException("No estimate was added yet.");

    /// <summary>The variance of one estimate, summed over its coordinates.</summary>
    public double Variance
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return Variances().sum().ToDouble();
        }
    }

    /// <summary>The standard deviation of one estimate at each coordinate, [P] float64; the caller's.</summary>
    public Tensor Deviations
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return Variances().sqrt().MoveToOuterDisposeScope();
        }
    }

    /// <summary>The signal-to-noise ratio of one estimate, ‖E g‖ / √(tr Var g).</summary>
    public double SignalToNoise
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return Mean.norm().ToDouble() / Math.Sqrt(Variance);
        }
    }

    /// <summary>Adds estimates.</summary>
    /// <param name="estimates">[R, …]: R estimates of a gradient of any shape, always the same.</param>
    /// <exception cref="ArgumentException">The gradient has another size than before.</exception>
    public void Add(Tensor estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        if (estimates.dim() < 2) throw new ArgumentException($"estimates has shape [{string.Join(", ", estimates.shape)}], expected [R, …].", nameof(estimates));
        if (estimates.shape[0] == 0) return;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var flat = estimates.detach().to(torch.float64).flatten(1);
        if (mean is not null) Shape.Require(flat, nameof(estimates), "R", mean.shape[0]);
        var chunk = flat.mean([0]);
        var deviations = (flat - chunk).square().sum([0]);
        var (before, added) = (Count, flat.shape[0]);
        Count += added;
        var step = mean is null ? chunk : chunk - mean;
        Replace(ref squares, squares is null ? deviations : squares + deviations + step.square() * ((double)before * added / Count));
        Replace(ref mean, mean is null ? chunk : mean + step * ((double)added / Count));
    }

    /// <summary>How many standard errors the mean estimate is off the exact gradient, for each coordinate.</summary>
    /// <param name="exact">The exact gradient, of as many elements.</param>
    /// <returns>P numbers; 0 where the estimates have no spread and are right, ∞ where they have none and are not.</returns>
    public double[] ZScores(Tensor exact)
    {
        using var scope = torch.NewDisposeScope();
        var (error, deviation) = (Error(exact), (Variances() / Count).sqrt());
        // What spreads by no more than rounding does not spread.
        var rounding = 1e-12 * (1 + Mean.abs());
        var settled = deviation <= rounding;
        var right = settled.logical_and(error.abs() <= rounding);
        var z = error / deviation.masked_fill(settled, 1);
        return z.masked_fill(settled, double.PositiveInfinity).masked_fill(right, 0).cpu().data<double>().ToArray();
    }

    /// <summary>The length of the mean estimate's distance from the exact gradient, ‖E g − ∇‖.</summary>
    /// <param name="exact">The exact gradient, of as many elements.</param>
    public double Bias(Tensor exact)
    {
        using var scope = torch.NewDisposeScope();
        return Error(exact).norm().ToDouble();
    }

    /// <summary>The mean squared distance of one estimate from the exact gradient: variance and squared bias.</summary>
    /// <param name="exact">The exact gradient, of as many elements.</param>
    public double MeanSquaredError(Tensor exact) => Variance * (Count - 1) / Count + Math.Pow(Bias(exact), 2);

    /// <summary>In words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} estimates, variance {Variance:G4}, signal to noise {SignalToNoise:G3}");

    /// <inheritdoc/>
    public void Dispose()
    {
        mean?.Dispose();
        squares?.Dispose();
    }

    private Tensor Variances() => Count > 1 ? squares! / (Count - 1) : throw new InvalidOperationException($"A variance needs at least 2 estimates, and {Count} was added.");

    private Tensor Error(Tensor exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        var flat = exact.detach().to(torch.float64).flatten();
        Shape.Require(flat, nameof(exact), Mean.shape[0]);
        return Mean - flat;
    }

    private static void Replace(ref Tensor? kept, Tensor next)
    {
        var old = kept;
        kept = next.DetachFromDisposeScope();
        old?.Dispose();
    }
}
