namespace AttentionNotebooks;

/// <summary>The mechanisms that every task is given: soft, sparse, hard by several estimators, hybrid, and the controls that cannot aim.</summary>
public static class Mechanisms
{
    private static readonly Read[] Softly = [new Expected(), new MostLikely()];
    private static readonly Read[] Hardly = [new MostLikely(), new Sampled(), new Expected()];

    /// <summary>All locations, weighed (Bahdanau et al. 2015).</summary>
    public static Mechanism Soft { get; } = new("soft", Role.Soft, () => new Softmax(), () => new Expected(), Softly);

    /// <summary>Some locations, weighed: the others have a weight of exactly 0 (Peters et al. 2019).</summary>
    public static Mechanism Sparse { get; } = new("sparse, 1.5-entmax", Role.Sparse, () => new Entmax15(), () => new Expected(), Softly);

    /// <summary>One location, drawn, and trained by REINFORCE with a learned baseline (Mnih &amp; Gregor 2014).</summary>
    public static Mechanism Reinforced { get; } = new("hard, REINFORCE", Role.Hard, () => new Softmax(), () => new Sampled(), Hardly)
    {
        Estimator = features => new Reinforce(new LearnedBaseline(features)),
    };

    /// <summary>One location, drawn three times, each the others' baseline (Kool et al. 2019).</summary>
    public static Mechanism LeftOneOut { get; } = Reinforced with
    {
        Name = "hard, leave-one-out",
        Estimator = _ => new Reinforce(new LeaveOneOut(), samples: 3),
    };

    /// <summary>One location, drawn, and trained by plain REINFORCE (Williams 1992). Not among <see cref="All"/>, as are the next two: a task of their own compares them.</summary>
    public static Mechanism NoBaseline { get; } = Reinforced with
    {
        Name = "hard, no baseline",
        Estimator = _ => new Reinforce(),
    };

    /// <summary>One location, drawn, compared with the mean of earlier losses (Xu et al. 2015, §4.1).</summary>
    public static Mechanism MovingAverage { get; } = Reinforced with
    {
        Name = "hard, moving average",
        Estimator = _ => new Reinforce(new MovingAverage()),
    };

    /// <summary>The control for all estimators: one location, drawn, and no gradient at the scores.</summary>
    public static Mechanism NoEstimator { get; } = Reinforced with
    {
        Name = "control, no estimator",
        Role = Role.Control,
        Estimator = _ => new NoEstimator(),
    };

    /// <summary>One location forwards, and the gradient of all backwards (Bengio et al. 2013).</summary>
    public static Mechanism StraightThrough { get; } = new("hard, straight-through", Role.Hard, () => new Softmax(), () => new StraightThrough(), Hardly);

    /// <summary>One location, and the likelihood summed over all that it might have been (Wu, Shapiro &amp; Cotterell 2018). For models in which no step's choice matters to another step.</summary>
    public static Mechanism Marginal { get; } = Reinforced with
    {
        Name = "hard, exact marginal",
        Estimator = _ => new ExactMarginal(),
    };

    /// <summary>One location at every second look, else all of them (semi-sampling, Xu et al. 2015, §4.1).</summary>
    public static Mechanism Mixed { get; } = new("hybrid, semi-sampling", Role.Hybrid, () => new Softmax(), () => new Mixed(), [new Expected(), new MostLikely()])
    {
        Estimator = features => new Reinforce(new LearnedBaseline(features)),
    };

    /// <summary>All locations at first, and one at the end: semi-sampling whose p rises evenly from 0 to 1. For tasks whose steps call <see cref="Mechanism.Anneal"/>; it is not among <see cref="All"/>.</summary>
    public static Mechanism Annealed { get; } = Mixed with
    {
        Name = "hybrid, annealed",
        Modes = Hardly,
        Anneal = (read, progress) => ((Mixed)read).Sampling = progress,
    };

    /// <summary>The control for soft attention: the plain mean of all locations.</summary>
    public static Mechanism Average { get; } = Soft with { Name = "control, plain average", Role = Role.Control, Aims = false, Modes = [new Expected()] };

    /// <summary>The control for hard attention: a location at random.</summary>
    public static Mechanism Random { get; } = new("control, random location", Role.Control, () => new Softmax(), () => new Sampled(), [new Sampled()]) { Aims = false };

    /// <summary>All of them, the controls last.</summary>
    public static IReadOnlyList<Mechanism> All { get; } = [Soft, Sparse, Reinforced, LeftOneOut, StraightThrough, Marginal, Mixed, Average, Random];
}
