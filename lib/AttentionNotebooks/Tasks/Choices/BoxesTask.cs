namespace AttentionNotebooks;

/// <summary>
/// Four boxes with a number each, and a loss that is least at one of them (notebook 07): who learns to take it, and who settles on another?
/// The expected loss and the best box are known exactly, so that a local optimum is one, and no matter of a test set.
/// </summary>
/// <remarks>The loss has a level of 5 that is the same for all boxes, and steps are large: what noise there is tells. Hundreds of seeds take a minute.</remarks>
public sealed class BoxesTask : AttentionTask
{
    private const double Level = 5;

    private static readonly TrainingOptions Quick = new() { Steps = 100, BatchSize = 1, LearningRate = 0.3, Schedule = new Constant(), GradientNorm = 1e6 };

    private static readonly Mechanism Exact = Mechanisms.Reinforced with { Name = "exact", Role = Role.Exact, Estimator = _ => new ExactExpectation() };

    private readonly SmallChoice boxes = SmallChoice.OfNumbers([0.5, 0, 1, 0.5], [0, 1, 2, 3], number => Level + (number - 1).square());

    /// <summary>Fills the boxes.</summary>
    public BoxesTask() : base("four boxes", "numbers", BestPlace, Above) =>
        Contenders =
        [
            .. new[] { Exact, Mechanisms.NoBaseline, Mechanisms.MovingAverage, Mechanisms.LeftOneOut, Mechanisms.StraightThrough, Mechanisms.Random }
                .Select(mechanism => boxes.Contender(mechanism, Quick)),
        ];

    /// <summary>How likely the best box is to be taken.</summary>
    public static Metric BestPlace { get; } = new(ChoiceReport.BestPlace);

    /// <summary>How far the expected loss is above that of the best box.</summary>
    public static Metric Above { get; } = new(ChoiceReport.AboveTheBest, Higher: false, Share: false);

    /// <inheritdoc/>
    public override long TestCount => 1;

    /// <summary>What is measured is exact.</summary>
    public override Metric? Headline => null;

    /// <summary>The exact gradient, the estimators, and the control that takes a box at random.</summary>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) boxes.Dispose();
        base.Dispose(disposing);
    }
}
