namespace AttentionNotebooks;

/// <summary>The canvas task as an experiment: fresh canvases to learn from, a fixed set of others to be tested on, and every run from the same seed.</summary>
public sealed class CanvasTask : IDisposable
{
    // Of the additive score that mechanisms are given.
    private const int ScoreFeatures = 32;

    private readonly DigitCanvas training;

    /// <summary>Prepares the canvases.</summary>
    /// <param name="digits">The digits: training canvases are drawn from one part, test canvases from the other.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="testCount">How many test canvases there are.</param>
    public CanvasTask(DigitData digits, long seed, int testCount = 2000)
    {
        ArgumentNullException.ThrowIfNull(digits);
        Seed = seed;
        training = new DigitCanvas(digits.Train);
        using var test = new DigitCanvas(digits.Test);
        using var generator = NewGenerator();
        Test = test.Draw(testCount, generator);
    }

    /// <summary>Where all randomness starts.</summary>
    public long Seed { get; }

    /// <summary>The test canvases.</summary>
    public CanvasBatch Test { get; }

    /// <summary>Trains a reader: the same seed, the same canvases in the same order and, for the same layers, the same initial weights, whatever the attention.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="role">The colour it has in figures.</param>
    /// <param name="attention">Score, distribution and read.</param>
    /// <param name="options">How long and how fast.</param>
    /// <param name="progress">Called whenever the history has a new point.</param>
    public CanvasRun Train(string name, Role role, Attention attention, TrainingOptions options, Action<TrainingHistory>? progress = null) =>
        // Inert where nothing is left to chance: soft and hard runs differ in the read alone.
        Train(name, role, attention, features => new Reinforce(new LearnedBaseline(features)), options, run => progress?.Invoke(run.History));

    /// <summary>Trains a reader by a mechanism, with an additive score: the same seed, the same canvases in the same order and, for the same layers, the same initial weights.</summary>
    /// <param name="mechanism">Distribution, read and estimator.</param>
    /// <param name="options">How long and how fast.</param>
    /// <param name="watch">Called whenever the history has a new point, with the reader as it is then.</param>
    public CanvasRun Train(Mechanism mechanism, TrainingOptions options, Action<CanvasRun>? watch = null)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return Train(mechanism.Name, mechanism.Role, Over(mechanism), mechanism.Estimator, options, watch);
    }

    /// <summary>Trains a reader by each mechanism, one after the other, and shows the curves of all while they grow.</summary>
    /// <param name="options">How long and how fast each is trained.</param>
    /// <param name="mechanisms">Which.</param>
    public IReadOnlyList<CanvasRun> TrainLive(Func<Mechanism, TrainingOptions> options, params IReadOnlyList<Mechanism> mechanisms) => TrainLive(options, _ => { }, mechanisms);

    /// <summary>Trains a reader by each mechanism, one after the other, shows the curves of all while they grow, and lets every reader be looked at on its way.</summary>
    /// <param name="options">How long and how fast each is trained.</param>
    /// <param name="watch">Called whenever a history has a new point, with the reader as it is then.</param>
    /// <param name="mechanisms">Which.</param>
    public IReadOnlyList<CanvasRun> TrainLive(Func<Mechanism, TrainingOptions> options, Action<CanvasRun> watch, params IReadOnlyList<Mechanism> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(mechanisms);
        var grown = new Dictionary<string, CanvasRun>(StringComparer.Ordinal);
        using var live = new LiveFigure(() => TrainingCurves.Of([.. grown.Values.Select(run => (run.Name, run.Role, run.History))]));
        return [.. mechanisms.Select(mechanism => Train(mechanism, options(mechanism), run =>
        {
            grown[run.Name] = run;
            live.Update();
            watch(run);
        }))];
    }

    /// <summary>Trains a reader, and shows its curves while they grow.</summary>
    /// <inheritdoc cref="Train(string, Role, Attention, TrainingOptions, Action{TrainingHistory})"/>
    public CanvasRun TrainLive(string name, Role role, Attention attention, TrainingOptions options)
    {
        CanvasRun? run = null;
        TrainingCurves.Live(name, role, progress => (run = Train(name, role, attention, options, progress)).History);
        return run!;
    }

    /// <summary>How long the gradient of a new reader's first step is: at what decides where to look (query, overview, score), and at what reads there and tells. Exactly 0 where none arrives.</summary>
    /// <param name="mechanism">Distribution, read and estimator.</param>
    public (double Deciding, double Telling) FirstGradient(Mechanism mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        using var scope = torch.NewDisposeScope();
        using var generator = NewGenerator();
        var (reader, estimator) = Make(Over(mechanism), mechanism.Estimator, generator);
        using (reader)
        using (estimator)
        {
            new CanvasLearner(reader, estimator, training).Step(new TrainingMoment(1, 1, new TrainingOptions().BatchSize, generator)).Loss.backward();
            return (Length(reader.Deciding), Length(reader.Telling));
        }
    }

    /// <summary>Tests trained readers, each with an evaluation mode of choice.</summary>
    /// <param name="tests">The reader, and the read to test it with: <see cref="Expected"/>, <see cref="Sampled"/>, <see cref="MostLikely"/>.</param>
    public IReadOnlyList<CanvasResult> Evaluate(params IEnumerable<(CanvasRun Run, Read Read)> tests) =>
        [.. tests.Select(test => new CanvasResult(test.Run, test.Read.GetType().Name, Score(test.Run, test.Read)))];

    /// <summary>Measures what a trained reader costs to read the test canvases.</summary>
    /// <param name="run">The trained reader.</param>
    /// <param name="read">The evaluation mode.</param>
    public CanvasCost Cost(CanvasRun run, Read read)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var generator = NewGenerator();
        return CanvasCost.Of(run.Reader, Test, read, generator);
    }

    /// <summary>The best pointing that the windows allow on the test canvases: the share with a window whose centre lies in the true box.</summary>
    public Proportion BestPointing()
    {
        using var scope = torch.NewDisposeScope();
        return new Proportion(PointingGame.CentreReachable(Test.Boxes!.flatten(0, 1), CanvasReader.StandardWindows).mean().item<float>(), Test.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        training.Dispose();
        Test.Dispose();
    }

    private CanvasScores Score(CanvasRun run, Read read)
    {
        using var generator = NewGenerator();
        return CanvasScores.Of(run.Reader, Test, read, generator);
    }

    private CanvasRun Train(string name, Role role, Attention attention, Func<long, GradientEstimator> makeEstimator, TrainingOptions options, Action<CanvasRun>? watch)
    {
        using var generator = NewGenerator();
        var (reader, estimator) = Make(attention, makeEstimator, generator);
        using (estimator)
        {
            var history = new Trainer(options).Run(new CanvasLearner(reader, estimator, training), generator, grown => watch?.Invoke(new CanvasRun(name, role, reader, grown)));
            return new CanvasRun(name, role, reader, history);
        }
    }

    private static Attention Over(Mechanism mechanism) => mechanism.Over(() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, ScoreFeatures));

    private static (CanvasReader Reader, GradientEstimator Estimator) Make(Attention attention, Func<long, GradientEstimator> makeEstimator, Generator generator)
    {
        var reader = new CanvasReader(attention, generator);
        var estimator = makeEstimator(reader.OverviewFeatures);
        Initialization.Draw(estimator, generator);
        return (reader, estimator);
    }

    private static double Length(IEnumerable<Parameter> parameters) =>
        Math.Sqrt(parameters.Select(parameter => parameter.grad).OfType<Tensor>().Sum(gradient => gradient.square().sum().ToDouble()));

    private Generator NewGenerator() => new((ulong)Seed, torch.CPU);
}
