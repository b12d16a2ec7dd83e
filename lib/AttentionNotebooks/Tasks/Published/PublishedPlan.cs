namespace AttentionNotebooks;

/// <summary>How a published result is reproduced: what is looked at, by what, and for how long.</summary>
internal sealed record PublishedPlan
{
    /// <summary>What a glimpse shows.</summary>
    public required Retina Retina { get; init; }

    /// <summary>After which glimpses it is asked what it sees, in rising order.</summary>
    public required IReadOnlyList<int> Asked { get; init; }

    /// <summary>Whether the first glimpse goes to the centre; else it goes anywhere, as in the paper.</summary>
    public bool Centred { get; init; }

    /// <summary>The features of the state, and of a glimpse.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>σ of the policy, where the canvas is 2 wide.</summary>
    public double Deviation { get; init; } = 0.12;

    /// <summary>K, how often each batch is run, each run the others' baseline; 1 for a learned baseline, which knows nothing in the first hundreds of steps: what it tells the policy then sends it to the edges, where tanh keeps it.</summary>
    public int Samples { get; init; } = 2;

    /// <summary>How it is trained in the full profile.</summary>
    public TrainingOptions Full { get; init; } = new() { Steps = 60_000, BatchSize = 64, LearningRate = 2e-3, ReportEvery = 100 };

    /// <summary>The step size of those networks that see the whole image at once and gain by larger steps than a policy stands; null for that of <see cref="Full"/>.</summary>
    public double? NetworkRate { get; init; }

    /// <summary>How it is trained in the quick profile, which shows that it learns and not how well.</summary>
    public TrainingOptions Quick => Full with { Steps = Full.Steps / 30 };

    /// <summary>The same plan with <see cref="NetworkRate"/>.</summary>
    public PublishedPlan OfNetworks => this with { Full = Full with { LearningRate = NetworkRate ?? Full.LearningRate } };

    /// <summary>Makes a model with one of the policies, and its estimator.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="generator">Where the weights come from.</param>
    public (GlimpseModel Model, GradientEstimator Estimator) Make(GlancePolicy policy, Generator generator)
    {
        var see = new GlimpseNetwork(GlimpseNetwork.OfPixels(Retina), features: Hidden);
        var model = new RecurrentAttention(Retina, see, policy, glimpses: Asked[^1], hidden: Hidden, centred: Centred, detached: true);
        var estimator = Samples > 1 ? new Reinforce(new LeaveOneOut(), samples: Samples) : new Reinforce(new LearnedBaseline(Hidden));
        Initialization.Draw(model, generator);
        Initialization.Draw(estimator, generator);
        policy.Initialize(generator);
        model.BeginWithIdentity();
        return (model, estimator);
    }
}
