namespace AttentionNotebooks;

/// <summary>A Gaussian policy for where to look next, l ~ N(tanh(W h + b), σ²) (Mnih et al. 2014, §3.1–3.2, the location network).</summary>
/// <remarks>
/// The log-probability is that of the draw itself, before it is cut to −1..1, and the draw is a constant to it; the location has no gradient.
/// The policy learns through the log-probability alone, by an estimator, and so does the network before it through h, unless h comes detached.
/// </remarks>
public sealed class LocationPolicy : GlancePolicy
{
    private static readonly double LogRoot2Pi = Math.Log(2 * Math.PI) / 2;

    private readonly Linear mean;
    private readonly Parameter? logDeviation;
    private readonly double deviation;

    /// <summary>Makes the policy.</summary>
    /// <param name="stateFeatures">H, the features of the state it decides by.</param>
    /// <param name="deviation">σ &gt; 0, where the image is 2 wide; where it is learned, to begin with.</param>
    /// <param name="learned">Whether σ is a parameter, one for all states, as its logarithm.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LocationPolicy(long stateFeatures, double deviation = 0.1, bool learned = false) : base(nameof(LocationPolicy))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stateFeatures, 1);
        if (!(deviation > 0) || double.IsInfinity(deviation)) throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation σ is a positive number.");
        this.deviation = deviation;
        mean = torch.nn.Linear(stateFeatures, 2);
        if (learned) logDeviation = torch.nn.Parameter(torch.full([1], (float)Math.Log(deviation)));
        RegisterComponents();
    }

    /// <summary>Draws the weights anew, U(−0.05, 0.05) · √(6/H), and sets σ back: it looks near the middle at first, where tanh has its slope, with all its deviation.</summary>
    /// <inheritdoc/>
    /// <remarks>With the weights of <see cref="Initialization.Draw(torch.nn.Module, Generator)"/>, meant for ReLU, it looks at the image's edges from the first step on, and stays there.</remarks>
    public override void Initialize(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var bound = 0.05 * Math.Sqrt(6.0 / mean.in_features);
        mean.weight.copy_(RandomNumbers.Uniform(mean.weight.shape, mean.weight.dtype, mean.weight.device, generator) * (2 * bound) - bound);
        mean.bias!.zero_();
        logDeviation?.fill_(Math.Log(deviation));
    }

    internal override Glance Draw(Tensor state, Generator? generator)
    {
        Shape.Require(state, nameof(state), "B", mean.in_features);
        var centre = mean.call(state).tanh();
        if (Deterministic) return new Glance(centre.detach());
        ArgumentNullException.ThrowIfNull(generator);
        using var _ = torch.no_grad();
        var noise = RandomNumbers.Normal(centre.shape, centre.dtype, centre.device, generator);
        var point = centre + (logDeviation is null ? noise * deviation : noise * logDeviation.exp().to(centre.dtype));
        return new Glance(point.clamp(-1, 1), centre, point);
    }

    // log N(l; μ, σ²) = −(l − μ)² / 2σ² − log σ − ½ log 2π, over x and y.
    internal override Tensor LogProbability(Tensor centres, Tensor points)
    {
        using var scope = torch.NewDisposeScope();
        var squares = (points - centres).square().sum(-1);
        var logProbability = logDeviation is null
            ? squares * (-0.5 / deviation / deviation) - 2 * (Math.Log(deviation) + LogRoot2Pi)
            : squares * (-2 * logDeviation.to(centres.dtype)).exp() / -2 - 2 * logDeviation.to(centres.dtype) - 2 * LogRoot2Pi;
        return logProbability.MoveToOuterDisposeScope();
    }

    // H = Σ log σ + ½ log 2πe, over x and y, the same for all.
    internal override Tensor Entropy(Tensor centres)
    {
        using var scope = torch.NewDisposeScope();
        var logSigma = logDeviation is null ? torch.full([1], Math.Log(deviation), centres.dtype, centres.device) : logDeviation.to(centres.dtype);
        return (2 * (logSigma + LogRoot2Pi + 0.5)).expand(centres.shape[..^1]).MoveToOuterDisposeScope();
    }
}
