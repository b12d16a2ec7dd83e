using System.Globalization;

namespace AttentionNotebooks;

/// <summary>
/// What it costs to attend to one window of N, to some, to all: operations, time and memory, to read and to learn, each as a share of what soft attention costs in the same reader,
/// measured in turn with it. Nothing is learned, for what a reader costs does not depend on it; soft attention against itself is the control.
/// </summary>
public sealed class CostTask : AttentionTask
{
    private const int Read = 100, Learned = 32;

    private readonly DigitSet digits;
    private readonly long seed;

    /// <summary>Takes the digits.</summary>
    /// <param name="digits">The digits; canvases are drawn from those to train on.</param>
    /// <param name="seed">Where the canvases come from.</param>
    public CostTask(DigitData digits, long seed)
        : base("What a canvas costs", (digits ?? throw new ArgumentNullException(nameof(digits))).Name, Operations, Alone, Slowest, Among, Memory, LearningOperations, LearningTime, LearningMemory)
    {
        (this.digits, this.seed) = (digits.Train, seed);
        Contenders =
        [
            .. from side in (int[])[44, 60, 100]
               let windows = new WindowGrid(side, windowSize: 28, stride: 8)
               from mechanism in (Mechanism[])[Mechanisms.Soft, Mechanisms.Sparse, Mechanisms.Reinforced, Mechanisms.LeftOneOut, Mechanisms.Marginal, Mechanisms.Mixed]
               select At(windows, mechanism),
        ];
    }

    /// <summary>Operations to read a canvas.</summary>
    public static Metric Operations { get; } = new("operations", Higher: false);

    /// <summary>The median time to read one canvas alone.</summary>
    public static Metric Alone { get; } = new("time alone", Higher: false);

    /// <summary>The time to read one canvas alone that 99 of 100 stay within.</summary>
    public static Metric Slowest { get; } = new("time alone, 99 of 100", Higher: false);

    /// <summary>The median time to read a hundred canvases together.</summary>
    public static Metric Among { get; } = new("time among 100", Higher: false);

    /// <summary>The memory to read a hundred canvases together.</summary>
    public static Metric Memory { get; } = new("memory", Higher: false);

    /// <summary>Operations of a training step on the way forward.</summary>
    public static Metric LearningOperations { get; } = new("operations, step", Higher: false);

    /// <summary>The median time of a training step.</summary>
    public static Metric LearningTime { get; } = new("time, step", Higher: false);

    /// <summary>The memory of a training step.</summary>
    public static Metric LearningMemory { get; } = new("memory, step", Higher: false);

    /// <inheritdoc/>
    public override long TestCount => Read;

    /// <summary>Nothing here is a share of test examples.</summary>
    public override Metric? Headline => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    private Contender At(WindowGrid windows, Mechanism mechanism)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{mechanism.Name}, N = {windows.Count}");
        return new Contender(name, mechanism.Role, new TrainingOptions { Steps = 1, BatchSize = 1 }, generator => new Model(CanvasTrainingCost.Reader(mechanism, windows, generator), mechanism, this)) { Modes = [mechanism.Modes[0]] };
    }

    private CanvasBatch Draw(WindowGrid windows, int count)
    {
        using var canvases = new DigitCanvas(digits, windows.ImageSize);
        using var generator = new Generator((ulong)seed, torch.CPU);
        return canvases.Draw(count, generator);
    }

    private sealed class Model(CanvasReader reader, Mechanism mechanism, CostTask task) : ITaskModel
    {
        public IReadOnlyList<torch.nn.Module> Modules => [reader];

        public TrainingStep Step(TrainingMoment moment)
        {
            using var batch = task.Draw(reader.Windows, moment.BatchSize);
            var on = batch.To(reader.Device());
            var loss = CanvasLearner.Losses(reader.ReadAs(on.Images, new Expected()), on).mean();
            return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["loss"] = loss.detach() });
        }

        public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
        {
            using var scope = torch.NewDisposeScope();
            using var soft = CanvasTrainingCost.Reader(Mechanisms.Soft, reader.Windows, generator);
            var canvases = task.Draw(reader.Windows, CostTask.Read);
            var read = mode ?? reader.Attention.Read;
            var costs = CanvasCost.InTurn([(soft, canvases, new Expected()), (reader, canvases, read)], generator);
            var steps = Learning(generator);
            return new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [Operations.Name] = Share(costs, cost => cost.MegaFlops),
                [Alone.Name] = Share(costs, cost => cost.Alone.Median),
                [Slowest.Name] = Share(costs, cost => cost.Alone.Percentile99),
                [Among.Name] = Share(costs, cost => cost.Batched),
                [Memory.Name] = Taken(reader, canvases, read, generator) / Taken(soft, canvases, new Expected(), generator),
                [LearningOperations.Name] = Share(steps, cost => cost.MegaFlops),
                [LearningTime.Name] = Share(steps, cost => cost.Step.Median),
                [LearningMemory.Name] = Share(steps, cost => cost.PeakMegabytes ?? double.NaN),
            };
        }

        public void Dispose() => reader.Dispose();

        private static double Share<T>(IReadOnlyList<T> costs, Func<T, double> of) => of(costs[1]) / of(costs[0]);

        private static double Taken(CanvasReader reader, CanvasBatch canvases, Read read, Generator generator) => PeakMemory.Of(() =>
        {
            using var scope = torch.NewDisposeScope();
            reader.ReadAs(canvases.Images.On(reader.Device()), read, generator);
        }) ?? double.NaN;

        private IReadOnlyList<CanvasTrainingCost> Learning(Generator generator)
        {
            using var canvases = task.Draw(reader.Windows, Learned);
            using var _ = torch.enable_grad();
            return CanvasTrainingCost.InTurn(reader.Windows, canvases, generator.initial_seed(), repetitions: 20, Mechanisms.Soft, mechanism);
        }
    }
}
