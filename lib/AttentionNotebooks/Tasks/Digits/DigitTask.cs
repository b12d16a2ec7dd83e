namespace AttentionNotebooks;

/// <summary>
/// Find and read: one digit on a canvas, or several from left to right. Compared are attention over windows, soft and hard; RAM (Mnih et al. 2014), or DRAM (Ba et al. 2015) where there are several;
/// networks that see the whole canvas; and the controls that cannot aim.
/// </summary>
public sealed class DigitTask : AttentionTask
{
    private const int ScoreFeatures = 32;

    private readonly ICanvases training;
    private readonly CanvasBatch test;
    private readonly int classes;
    private readonly DigitPlan plan;

    /// <summary>Puts a task together.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="dataName">What its data are called.</param>
    /// <param name="training">Where the canvases to learn from come from; disposed of with the task, as are the test canvases.</param>
    /// <param name="test">The canvases to be tested on.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="plan">What is compared.</param>
    internal DigitTask(string name, string dataName, ICanvases training, CanvasBatch test, int classes, DigitPlan plan)
        : base(name, dataName, DigitScores.Metrics(training.Objects))
    {
        (this.training, this.test, this.classes, this.plan) = (training, test, classes, plan);
        Contenders =
        [
            .. plan.Mechanisms.Where(IsNoControl).Select(Windows),
            .. plan.WindowsAlone ? [] : Others(),
            .. plan.Mechanisms.Where(mechanism => !IsNoControl(mechanism)).Select(Windows),
            .. plan.WindowsAlone ? [] : Blind(),
        ];
    }

    /// <inheritdoc/>
    public override long TestCount => test.Count;

    /// <summary>The canvases to be tested on.</summary>
    public CanvasBatch TestCanvases => test;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    private string Glimpsing => training.Objects == 1 ? "RAM" : "DRAM";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        training.Dispose();
        test.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsNoControl(Mechanism mechanism) => mechanism.Role != Role.Control;

    private IEnumerable<Contender> Others() => [Learned(), Network("fully connected", 1e-3, (size, outputs) => DigitNetworks.FullyConnected(size, outputs)), Network("convolutional", 2e-3, DigitNetworks.Convolutional)];

    private Contender Windows(Mechanism mechanism)
    {
        var one = mechanism.Read() is Sampled && mechanism != Mechanisms.Marginal;
        var options = new TrainingOptions { Steps = one ? plan.OneWindowSteps : plan.AllWindowsSteps, LearningRate = 4e-3, Schedule = plan.WindowSchedule };
        return Contender.Of(mechanism, options, (own, generator) =>
        {
            var attention = own.Over(() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, ScoreFeatures));
            var reader = new CanvasReader(attention, generator, classes, plan.Windows, training.Objects);
            var estimator = own.Estimator(reader.OverviewFeatures);
            Initialization.Draw(estimator, generator);
            return new WindowModel(reader, estimator, training, test);
        });
    }

    private Contender Learned() => Glimpses(Glimpsing, Role.Hard, plan.Glimpses, () => new LocationPolicy(plan.Glimpses.Hidden, plan.Glimpses.Deviation)) with { Modes = [IGlimpseTest.Mean, .. IGlimpseTest.Sampled] };

    // The same network with as many glimpses, which go where they would without looking.
    private IEnumerable<Contender> Blind()
    {
        var once = plan.Glimpses with { Samples = 1 };
        yield return Glimpses($"control, {Glimpsing} with random glimpses", Role.Control, once, () => new UniformPolicy()) with { Modes = IGlimpseTest.Sampled };
        if (training.Objects == 1) yield return Glimpses($"control, {Glimpsing} at the centre only", Role.Control, once, () => new CentrePolicy());
    }

    private Contender Glimpses(string name, Role role, GlimpsePlan glimpses, Func<GlancePolicy> policy)
    {
        // All see as many glimpses a step, in samples of the same canvases or of others.
        var options = new TrainingOptions { Steps = plan.GlimpseSteps, BatchSize = glimpses.BatchSize / glimpses.Samples, LearningRate = 3e-3 };
        return new Contender(name, role, options, generator =>
        {
            var (model, estimator) = glimpses.Make(policy(), training, classes, generator);
            return new GlimpseTaskModel(model, estimator, glimpses.Samples, training, test);
        });
    }

    private Contender Network(string name, double learningRate, Func<long, long, torch.nn.Module<Tensor, Tensor>> make)
    {
        var options = new TrainingOptions { Steps = plan.NetworkSteps, LearningRate = learningRate };
        return new Contender(name, Role.Control, options, generator =>
        {
            var network = make(training.Size, training.Objects * classes);
            Initialization.Draw(network, generator);
            return new NetworkModel(network, training, test);
        });
    }
}
