namespace AttentionNotebooks;

/// <summary>What a training step costs, without the drawing of canvases and without the optimiser's step, which are the same for all.</summary>
/// <param name="MegaFlops">Operations of convolutions and linear layers on the way forward, in millions, for one canvas. The way back takes about twice as many.</param>
/// <param name="KeptMegabytes">What the layers keep for the way back (<see cref="ActivationCounter"/>), in MB, for the batch.</param>
/// <param name="PeakMegabytes">The memory that a step needs for the batch, as the system sees it, in MB (<see cref="PeakMemory"/>); null where it does not tell.</param>
/// <param name="Step">Time for a step, forward and back, for the batch.</param>
public sealed record CanvasTrainingCost(double MegaFlops, double KeptMegabytes, double? PeakMegabytes, Latency Step)
{
    private const int ScoreFeatures = 32;

    /// <summary>Measures mechanisms in an untrained reader, in turn (<see cref="Latency.InTurn"/>): what they cost does not depend on the weights.</summary>
    /// <param name="windows">The N windows.</param>
    /// <param name="canvases">The batch.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="repetitions">How often a step is timed.</param>
    /// <param name="mechanisms">How it attends, and how it is trained.</param>
    /// <returns>One for each mechanism.</returns>
    public static IReadOnlyList<CanvasTrainingCost> InTurn(WindowGrid windows, CanvasBatch canvases, long seed, int repetitions, params IReadOnlyList<Mechanism> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        ArgumentNullException.ThrowIfNull(mechanisms);
        var trained = mechanisms.Select(mechanism => new Trained(mechanism, windows, canvases, seed)).ToArray();
        try
        {
            var counts = trained.Select(each => each.Count()).ToArray();
            var peaks = trained.Select(each => PeakMemory.Of(each.Step)).ToArray();
            var times = Latency.InTurn([.. trained.Select(each => (Action)each.Step)], repetitions);
            return [.. counts.Select((count, i) => new CanvasTrainingCost(count.Operations / 1e6 / canvases.Count, count.Bytes / 1e6, peaks[i], times[i]))];
        }
        finally
        {
            foreach (var each in trained) each.Dispose();
        }
    }

    /// <summary>An untrained reader whose cost is measured.</summary>
    internal static CanvasReader Reader(Mechanism mechanism, WindowGrid windows, Generator generator) =>
        new(mechanism.Over(() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, ScoreFeatures)), generator, windows: windows);

    private sealed class Trained : IDisposable
    {
        private readonly Generator generator;
        private readonly CanvasReader reader;
        private readonly GradientEstimator estimator;
        private readonly CanvasLearner learner;
        private readonly TrainingMoment moment;

        public Trained(Mechanism mechanism, WindowGrid windows, CanvasBatch canvases, long seed)
        {
            generator = new Generator((ulong)seed, torch.CPU);
            reader = Reader(mechanism, windows, generator);
            estimator = mechanism.Estimator(reader.OverviewFeatures);
            Initialization.Draw(estimator, generator);
            learner = new CanvasLearner(reader, estimator, new Held(canvases));
            moment = new TrainingMoment(1, 1, (int)canvases.Count, generator);
        }

        public void Step()
        {
            using var scope = torch.NewDisposeScope();
            var loss = learner.Step(moment).Loss;
            foreach (var module in learner.Modules) module.zero_grad();
            loss.backward();
        }

        public (long Operations, long Bytes) Count()
        {
            using var operations = new FlopCounter(reader);
            using var activations = new ActivationCounter(reader);
            Step();
            return (operations.Count, activations.Bytes);
        }

        public void Dispose()
        {
            estimator.Dispose();
            reader.Dispose();
            generator.Dispose();
        }
    }

    // The same canvases at every step.
    private sealed class Held(CanvasBatch batch) : ICanvases
    {
        public int Size => (int)batch.Images.shape[3];

        public int Objects => (int)batch.Labels.shape[1];

        public CanvasBatch Draw(int count, Generator generator) => batch.Slice(0, count);

        public void Dispose()
        {
        }
    }
}
