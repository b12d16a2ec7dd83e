namespace AttentionNotebooks;

/// <summary>What a training step costs, without the drawing of canvases and without the optimiser's step, which are the same for all.</summary>
/// <param name="MegaFlops">Operations of convolutions and linear layers on the way forward, in millions, for one canvas. The way back takes about twice as many.</param>
/// <param name="KeptMegabytes">What the layers keep for the way back (<see cref="ActivationCounter"/>), in MB, for the batch.</param>
/// <param name="PeakMegabytes">The memory that a step needs for the batch, as the system sees it, in MB (<see cref="PeakMemory"/>); null where it does not tell.</param>
/// <param name="Step">Time for a step, forward and back, for the batch.</param>
public sealed record CanvasTrainingCost(double MegaFlops, double KeptMegabytes, double? PeakMegabytes, Latency Step)
{
    /// <summary>Measures a mechanism in an untrained reader: what it costs does not depend on the weights.</summary>
    /// <param name="mechanism">How it attends, and how it is trained.</param>
    /// <param name="windows">The N windows.</param>
    /// <param name="canvases">The batch.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="repetitions">How often a step is timed.</param>
    public static CanvasTrainingCost Of(Mechanism mechanism, WindowGrid windows, CanvasBatch canvases, long seed, int repetitions = 15)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        ArgumentNullException.ThrowIfNull(canvases);
        using var generator = new Generator((ulong)seed, torch.CPU);
        using var reader = new CanvasReader(mechanism.Over(() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32)), generator, windows: windows);
        using var estimator = mechanism.Estimator(reader.OverviewFeatures);
        Initialization.Draw(estimator, generator);
        var learner = new CanvasLearner(reader, estimator, new Held(canvases));
        void Step() => StepOnce(learner, new TrainingMoment(1, 1, (int)canvases.Count, generator));
        var (operations, bytes) = Count(reader, Step);
        return new CanvasTrainingCost(operations / 1e6 / canvases.Count, bytes / 1e6, PeakMemory.Of(Step), Latency.Of(Step, repetitions));
    }

    private static (long Operations, long Bytes) Count(CanvasReader reader, Action step)
    {
        using var operations = new FlopCounter(reader);
        using var activations = new ActivationCounter(reader);
        step();
        return (operations.Count, activations.Bytes);
    }

    private static void StepOnce(CanvasLearner learner, TrainingMoment moment)
    {
        using var scope = torch.NewDisposeScope();
        var loss = learner.Step(moment).Loss;
        foreach (var module in learner.Modules) module.zero_grad();
        loss.backward();
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
