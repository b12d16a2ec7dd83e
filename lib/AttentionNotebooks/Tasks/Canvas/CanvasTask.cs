namespace AttentionNotebooks;

/// <summary>The canvas task as an experiment: fresh canvases to learn from, a fixed set of others to be tested on, and every run from the same seed.</summary>
public sealed class CanvasTask : IDisposable
{
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
    public CanvasRun Train(string name, Role role, Attention attention, TrainingOptions options, Action<TrainingHistory>? progress = null)
    {
        using var generator = NewGenerator();
        var reader = new CanvasReader(attention, generator);
        // Inert where nothing is left to chance: soft and hard runs differ in the read alone.
        using var estimator = new Reinforce(new LearnedBaseline(reader.OverviewFeatures));
        Initialization.Draw(estimator, generator);
        var history = new Trainer(options).Run(new CanvasLearner(reader, estimator, training), generator, progress);
        return new CanvasRun(name, role, reader, history);
    }

    /// <summary>Trains a reader, and shows its curves while they grow.</summary>
    /// <inheritdoc cref="Train"/>
    public CanvasRun TrainLive(string name, Role role, Attention attention, TrainingOptions options)
    {
        CanvasRun? run = null;
        TrainingCurves.Live(name, role, progress => (run = Train(name, role, attention, options, progress)).History);
        return run!;
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

    private Generator NewGenerator() => new((ulong)Seed, torch.CPU);
}
