namespace AttentionNotebooks;

/// <summary>
/// A digit among clutter, read through 25 windows, as in notebook 01: the same reader with one of its choices changed at a time: its score, its distribution, its read.
/// What is measured is how well it reads and points, on how many windows it spreads, whether the place it takes is the best, and whether a gradient tells it.
/// </summary>
/// <remarks>Half the batch of <see cref="DigitTasks"/> and few steps, so that all of them fit in a notebook: it compares at equal effort, and none has learned all it could.</remarks>
public sealed class WindowTask : AttentionTask
{
    private const int ScoreFeatures = 32;

    private static readonly TrainingOptions Quick = new() { Steps = 400, BatchSize = 32, LearningRate = 4e-3 };

    // Reading one window takes less of a step than reading all, and what is drawn tells less.
    private static readonly TrainingOptions QuickForOne = Quick with { Steps = 1200 };

    private readonly DigitCanvas training;
    private readonly int classes;

    /// <summary>Prepares the canvases.</summary>
    /// <param name="digits">The digits: training canvases are drawn from one part, test canvases from the other.</param>
    /// <param name="seed">Where the test canvases come from.</param>
    /// <param name="testCount">How many test canvases there are.</param>
    public WindowTask(DigitData digits, long seed, int testCount = 2000)
        : base("A digit among clutter, by score, distribution and read", (digits ?? throw new ArgumentNullException(nameof(digits))).Name, Accuracy, Pointing, Weighed, Entropy, Effective, Read, AtTruth, Gradient)
    {
        (training, classes) = (new DigitCanvas(digits.Train), digits.Train.ClassNames.Count);
        using var test = new DigitCanvas(digits.Test);
        using var generator = new Generator((ulong)seed, torch.CPU);
        TestCanvases = test.Draw(testCount, generator);
        Contenders =
        [
            Distributed("softmax, additive score", Role.Soft, () => new Softmax()),
            Scored("dot score", () => new DotScore()),
            Scored("scaled dot score", () => new ScaledDotScore()),
            Scored("general score", () => new GeneralScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures)),
            Scored("concat score", () => new ConcatScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, ScoreFeatures)),
            Distributed("1.5-entmax", Role.Sparse, () => new Entmax15()),
            Distributed("learned entmax", Role.Sparse, () => new AlphaEntmax(1.5, learned: true)),
            Distributed("sparsemax", Role.Sparse, () => new Sparsemax()),
            One(Mechanisms.Reinforced),
            One(Mechanisms.LeftOneOut),
            One(Mechanisms.StraightThrough),
            With(Mechanisms.Average),
            One(Mechanisms.NoEstimator),
        ];
    }

    /// <summary>Digits read rightly.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>Most attended windows whose centre lies in the true box.</summary>
    public static Metric Pointing { get; } = new("pointing");

    /// <summary>How many windows have a weight that is not exactly 0.</summary>
    public static Metric Weighed { get; } = new("windows weighed", Higher: false, Share: false);

    /// <summary>The entropy of the weights, in nats.</summary>
    public static Metric Entropy { get; } = new("entropy", Higher: false, Share: false);

    /// <summary>e^H of the weights by the number of windows: as many equal weights would be as undecided.</summary>
    public static Metric Effective { get; } = new("effective windows, share", Higher: false);

    /// <summary>The windows that go into what is read, in the evaluation mode.</summary>
    public static Metric Read { get; } = new("windows read, share", Higher: false);

    /// <summary>Digits that would be read rightly in the window nearest to the true one.</summary>
    public static Metric AtTruth { get; } = new("accuracy at the true place");

    /// <summary>How much of a training step's gradient, by its norm, reaches the parameters behind the scores.</summary>
    public static Metric Gradient { get; } = new("gradient behind the scores");

    /// <summary>The canvases to be tested on.</summary>
    public CanvasBatch TestCanvases { get; }

    /// <inheritdoc/>
    public override long TestCount => TestCanvases.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>A mechanism as a contender.</summary>
    /// <param name="mechanism">How it attends, and how it is trained.</param>
    /// <param name="score">Makes its score, of <see cref="CanvasReader.QueryFeatures"/> and <see cref="CanvasReader.KeyFeatures"/>; null for the additive one.</param>
    public Contender With(Mechanism mechanism, Func<Score>? score = null) => Contender.Of(mechanism, Quick, (own, generator) =>
    {
        var reader = new CanvasReader(own.Over(score ?? Additive), generator, classes);
        var estimator = own.Estimator(reader.OverviewFeatures);
        Initialization.Draw(estimator, generator);
        return new Model(reader, estimator, training, TestCanvases);
    });

    /// <summary>What a contender has become, to be pictured, and asked where it looks.</summary>
    /// <param name="run">The trained contender.</param>
    /// <returns>The same reader; it is disposed of with the run.</returns>
    /// <exception cref="ArgumentException">It is of another task.</exception>
    public static CanvasRun Reader(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var model = run.Model as Model ?? throw new ArgumentException($"“{run.Contender}” is a contender of another task.", nameof(run));
        return new CanvasRun(run.Contender.Name, run.Contender.Role, model.Reader, run.History);
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

    private Contender One(Mechanism mechanism) => With(mechanism) with { Options = QuickForOne };

    private Contender Scored(string name, Func<Score> score) => With(Mechanisms.Soft with { Name = name }, score);

    private Contender Distributed(string name, Role role, Func<Distribution> distribution) => With(Mechanisms.Soft with { Name = name, Role = role, Distribution = distribution });

    private sealed class Model(CanvasReader reader, GradientEstimator estimator, ICanvases training, CanvasBatch test) : ITaskModel
    {
        private readonly CanvasLearner learner = new(reader, estimator, training);

        public CanvasReader Reader => reader;

        public IReadOnlyList<torch.nn.Module> Modules => learner.Modules;

        public TrainingStep Step(TrainingMoment moment) => learner.Step(moment);

        public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
        {
            using var scope = torch.NewDisposeScope();
            var read = mode ?? reader.Attention.Read;
            var (scores, focus) = (CanvasScores.Of(reader, test, read, generator), new WindowFocus(reader, test));
            var weights = reader.Weights(test);
            return new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [Accuracy.Name] = scores.Accuracy.Value,
                [Pointing.Name] = scores.Pointing.Value,
                [Weighed.Name] = Concentration.SupportSize(weights).to(torch.float64).mean().ToDouble(),
                [Entropy.Name] = Concentration.Entropy(weights).mean().ToDouble(),
                [Effective.Name] = Concentration.EffectiveCount(weights).mean().ToDouble() / reader.Windows.Count,
                [Read.Name] = focus.Read(read, generator),
                [AtTruth.Name] = focus.AccuracyAtTruth(),
                [Gradient.Name] = focus.GradientAtScores(learner, generator),
            };
        }

        public void Dispose()
        {
            reader.Dispose();
            estimator.Dispose();
        }
    }
}
