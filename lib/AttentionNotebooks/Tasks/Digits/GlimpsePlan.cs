namespace AttentionNotebooks;

/// <summary>How a glimpse model of a digit task is made.</summary>
internal sealed record GlimpsePlan
{
    /// <summary>How many runs there are in a step, of canvases and their samples together.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>What a glimpse shows: 12×12 pixels, and around them 36×36 by threes, which tell that there is a digit, and not well which.</summary>
    public Retina Retina { get; init; } = new(12, scales: 2, zoom: 3);

    /// <summary>How many glimpses an object takes.</summary>
    public int Glimpses { get; init; } = 3;

    /// <summary>The features of the state, and of a glimpse.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>σ of the policy, where the canvas is 2 wide.</summary>
    public double Deviation { get; init; } = 0.12;

    /// <summary>How often each batch is run, each run the others' baseline; 1 for a learned baseline.</summary>
    public int Samples { get; init; } = 2;

    /// <summary>Makes a model with one of the policies, and its estimator.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="canvases">What is looked at.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="generator">Where the weights come from.</param>
    public (GlimpseModel Model, GradientEstimator Estimator) Make(GlancePolicy policy, ICanvases canvases, int classes, Generator generator)
    {
        var see = new GlimpseNetwork(GlimpseNetwork.OfPixels(Retina, features: Hidden), Hidden, Hidden / 4, Hidden);
        GlimpseModel model = canvases.Objects == 1
            ? new RecurrentAttention(Retina, see, policy, classes, Glimpses, Hidden, centred: true)
            : new DeepRecurrentAttention(Retina, see, DeepRecurrentAttention.Coarse(hidden: Hidden), policy, classes, canvases.Objects, Glimpses, Hidden);
        var estimator = Samples > 1 ? new Reinforce(new LeaveOneOut(), samples: Samples) : new Reinforce(new LearnedBaseline(Hidden));
        Initialization.Draw(model, generator);
        Initialization.Draw(estimator, generator);
        policy.Initialize(generator);
        return (model, estimator);
    }
}
