namespace AttentionNotebooks;

/// <summary>
/// A digit among clutter on a canvas of 68×68, with 36 windows that are nine cells of four: read all softly, one hard, by turns, or in two looks, a hard choice of a cell and a soft read within it.
/// What is measured beside accuracy and pointing is what it costs to read a canvas.
/// </summary>
/// <remarks>Half the batch of <see cref="DigitTasks"/>, and about ten seconds for each, so that they fit in a notebook: none has learned all it could.</remarks>
public sealed class TwoLooksTask : AttentionTask
{
    private const int ScoreFeatures = 32;
    private const int CellSide = 2;

    // About the same time for all: who computes fewer windows may take more steps.
    private const int AllWindowsSteps = 260;
    private const int OneCellSteps = 560;
    private const int OneWindowSteps = 720;

    private static readonly TrainingOptions Quick = new() { Steps = AllWindowsSteps, BatchSize = 32, LearningRate = 4e-3 };

    private readonly DigitCanvas training;
    private readonly int classes;

    /// <summary>Prepares the canvases.</summary>
    /// <param name="digits">The digits: training canvases are drawn from one part, test canvases from the other.</param>
    /// <param name="seed">Where the test canvases come from.</param>
    /// <param name="testCount">How many test canvases there are.</param>
    public TwoLooksTask(DigitData digits, long seed, int testCount = 2000)
        : base("A digit among clutter, between soft and hard", (digits ?? throw new ArgumentNullException(nameof(digits))).Name, Accuracy, Pointing, Operations)
    {
        (training, classes) = (new DigitCanvas(digits.Train, Windows.ImageSize), digits.Train.ClassNames.Count);
        using var test = new DigitCanvas(digits.Test, Windows.ImageSize);
        using var generator = new Generator((ulong)seed, torch.CPU);
        TestCanvases = test.Draw(testCount, generator);
        Contenders =
        [
            .. ((Mechanism[])[Mechanisms.Soft, Mechanisms.Mixed, Mechanisms.Annealed, Mechanisms.StraightThrough, Mechanisms.Reinforced]).Select(OneLook),
            TwoLooks(Mechanisms.Reinforced with { Name = "hybrid, coarse to fine", Role = Role.Hybrid, Modes = [new MostLikely(), new Sampled()] }),
            OneLook(Mechanisms.Average),
            OneLook(Mechanisms.Random),
            TwoLooks(Mechanisms.Random with { Name = "control, random cell" }),
        ];
    }

    /// <summary>Digits read rightly.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>Most attended windows whose centre lies in the true box.</summary>
    public static Metric Pointing { get; } = new("pointing");

    /// <summary>Operations of convolutions and linear layers to read one canvas, in millions.</summary>
    public static Metric Operations { get; } = new("million operations", Higher: false, Share: false);

    /// <summary>36 windows of 28×28 pixels, 8 apart, on a canvas of 68×68.</summary>
    public static WindowGrid Windows { get; } = new(68, 28, 8);

    /// <summary>The canvases to be tested on.</summary>
    public CanvasBatch TestCanvases { get; }

    /// <inheritdoc/>
    public override long TestCount => TestCanvases.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>A mechanism over all windows as a contender.</summary>
    /// <param name="mechanism">How it attends, and how it is trained.</param>
    public Contender OneLook(Mechanism mechanism) => Contender.Of(mechanism, Quick with { Steps = mechanism.Read() is Sampled ? OneWindowSteps : AllWindowsSteps }, (own, generator) =>
    {
        var attention = own.Over(Additive);
        var reader = new CanvasReader(attention, generator, classes, Windows);
        return Model(reader, attention, own, reader.OverviewFeatures, generator);
    });

    /// <summary>A mechanism over cells as a contender, with a soft read within the chosen cell.</summary>
    /// <param name="mechanism">How it chooses a cell, and how it is trained.</param>
    /// <param name="within">Makes the score within a cell; null for the additive one.</param>
    public Contender TwoLooks(Mechanism mechanism, Func<Score>? within = null) => Contender.Of(mechanism, Quick with { Steps = OneCellSteps }, (own, generator) =>
    {
        var over = own.Over(Additive);
        var reader = new CellReader(over, new Attention((within ?? Additive)(), new Softmax(), new Expected()), generator, Windows, CellSide, classes);
        return Model(reader, over, own, reader.OverviewFeatures, generator);
    });

    /// <summary>The first test canvases as a trained contender reads them: its weights, what it chose, the true box, and its answer.</summary>
    /// <param name="run">The trained contender.</param>
    /// <param name="count">How many.</param>
    /// <param name="mode">The evaluation mode.</param>
    /// <exception cref="ArgumentException">It is of another task.</exception>
    public static IReadOnlyList<Tile> Pictures(TaskRun run, int count, Read mode)
    {
        ArgumentNullException.ThrowIfNull(run);
        var model = run.Model as TwoLooksModel ?? throw new ArgumentException($"“{run.Contender}” is a contender of another task.", nameof(run));
        using var generator = new Generator((ulong)run.Seed, torch.CPU);
        return model.Pictures(count, mode, generator);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            training.Dispose();
            TestCanvases.Dispose();
        }

        base.Dispose(disposing);
    }

    private static AdditiveScore Additive() => new(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, ScoreFeatures);

    private TwoLooksModel Model(torch.nn.Module<Tensor, Generator?, Reading> reader, Attention choosing, Mechanism mechanism, int known, Generator generator)
    {
        var estimator = mechanism.Estimator(known);
        Initialization.Draw(estimator, generator);
        return new TwoLooksModel(reader, choosing, Windows, mechanism, estimator, training, TestCanvases);
    }
}
