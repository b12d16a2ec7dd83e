namespace AttentionNotebooks;

/// <summary>A Gaussian policy for where to look next, l ~ N(tanh(W h + b), σ²) (Mnih et al. 2014, §3.1–3.2, the location network).</summary>
/// <remarks>
/// The log-probability is that of the draw itself, before it is cut to −1..1, and the draw is a constant to it; the location has no gradient.
/// The policy learns through the log-probability alone, by an estimator, and so does the network before it through h.
/// </remarks>
public sealed class LocationPolicy : torch.nn.Module<Tensor, Generator?, Fixation>
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

    /// <summary>Whether it looks at the mean of its distribution, and leaves nothing to chance; for evaluation.</summary>
    public bool Deterministic { get; set; }

    /// <summary>Decides where to look.</summary>
    /// <param name="state">h [B, H].</param>
    /// <param name="generator">Where the randomness comes from; a deterministic policy does without.</param>
    public override Fixation forward(Tensor state, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var glance = Draw(state, generator);
        if (glance.Centre is null) return new Fixation(glance.Location.MoveToOuterDisposeScope());
        return new Fixation(glance.Location.MoveToOuterDisposeScope())
        {
            LogProbability = LogProbability(glance.Centre, glance.Point!).MoveToOuterDisposeScope(),
            Entropy = Entropy(glance.Centre).MoveToOuterDisposeScope(),
        };
    }

    /// <summary>Decides where to look, and leaves it for later how likely that was.</summary>
    internal Glance Draw(Tensor state, Generator? generator)
    {
        Shape.Require(state, nameof(state), "B", mean.in_features);
        var centre = mean.call(state).tanh();
        if (Deterministic) return new Glance(centre.detach());
        ArgumentNullException.ThrowIfNull(generator);
        using var _ = torch.no_grad();
        var noise = torch.randn(centre.shape, centre.dtype, centre.device, generator: generator);
        var point = centre + (logDeviation is null ? noise * deviation : noise * logDeviation.exp().to(centre.dtype));
        return new Glance(point.clamp(-1, 1), centre, point);
    }

    /// <summary>log N(l; μ, σ²) = −(l − μ)² / 2σ² − log σ − ½ log 2π, over x and y.</summary>
    /// <param name="centres">μ [.., 2].</param>
    /// <param name="points">l [.., 2], constants.</param>
    /// <returns>[..], in nats.</returns>
    internal Tensor LogProbability(Tensor centres, Tensor points)
    {
        using var scope = torch.NewDisposeScope();
        var squares = (points - centres).square().sum(-1);
        var logProbability = logDeviation is null
            ? squares * (-0.5 / deviation / deviation) - 2 * (Math.Log(deviation) + LogRoot2Pi)
            : squares * (-2 * logDeviation.to(centres.dtype)).exp() / -2 - 2 * logDeviation.to(centres.dtype) - 2 * LogRoot2Pi;
        return logProbability.MoveToOuterDisposeScope();
    }

    /// <summary>H = Σ log σ + ½ log 2πe, over x and y, the same for all.</summary>
    /// <param name="centres">μ [.., 2].</param>
    /// <returns>[..], in nats.</returns>
    internal Tensor Entropy(Tensor centres)
    {
        using var scope = torch.NewDisposeScope();
        var logSigma = logDeviation is null ? torch.full([1], Math.Log(deviation), centres.dtype, centres.device) : logDeviation.to(centres.dtype);
        return (2 * (logSigma + LogRoot2Pi + 0.5)).expand(centres.shape[..^1]).MoveToOuterDisposeScope();
    }
}
