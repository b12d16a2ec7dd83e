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
        Shape.Require(state, nameof(state), "B", mean.in_features);
        using var scope = torch.NewDisposeScope();
        var centre = mean.call(state).tanh();
        if (Deterministic) return new Fixation(centre.detach().MoveToOuterDisposeScope());

        ArgumentNullException.ThrowIfNull(generator);
        var logSigma = logDeviation is null ? torch.full_like(centre, Math.Log(deviation)) : logDeviation.to(centre.dtype).expand_as(centre);
        var noise = torch.randn(centre.shape, centre.dtype, centre.device, generator: generator);
        var draw = (centre + logSigma.exp() * noise).detach();
        // log N(l; μ, σ²) = −(l − μ)² / 2σ² − log σ − ½ log 2π, over x and y
        var logProbability = (((draw - centre) / logSigma.exp()).square() / -2 - logSigma - LogRoot2Pi).sum(-1);
        return new Fixation(draw.clamp(-1, 1).MoveToOuterDisposeScope())
        {
            LogProbability = logProbability.MoveToOuterDisposeScope(),
            Entropy = (logSigma + LogRoot2Pi + 0.5).sum(-1).MoveToOuterDisposeScope(),
        };
    }
}
