namespace AttentionNotebooks;

/// <summary>Captioning: Show, Attend and Tell on scenes of coloured shapes, of which each word's true region is known.</summary>
public sealed class CaptioningTask : AttentionTask
{
    private const int BeamWidth = 3;

    private static readonly Metric Exact = new("exact match");
    private static readonly Metric ExactByBeam = new($"exact match, beam of {BeamWidth}");
    private static readonly Metric ExactOnNewPairs = new("exact match, new pairs");
    private static readonly Metric Points = new("pointing");
    private static readonly Metric[] Bleus = [.. Enumerable.Range(1, 4).Select(n => new Metric($"BLEU-{n}"))];

    private readonly CaptionTest test;
    private readonly CaptionTest newPairs;

    /// <summary>Prepares the data.</summary>
    /// <param name="data">The scenes.</param>
    public CaptioningTask(SceneData data) : base("captioning", (data ?? throw new ArgumentNullException(nameof(data))).Name, [Exact, ExactByBeam, ExactOnNewPairs, .. Bleus, Points])
    {
        Data = data;
        Vocabulary = Vocabulary.Of(from scene in data.Train.Scenes from caption in scene.Captions select caption.Words);
        Training = new CaptionedScenes(data.Train, Vocabulary);
        (Validation, test, newPairs) = (new(data.Validation, Vocabulary), new(data.Test, Vocabulary), new(data.NewPairs, Vocabulary));
        Contenders = [.. Compared().Select(With), Blind()];
    }

    /// <summary>The scenes.</summary>
    public SceneData Data { get; }

    /// <summary>The numbers of the words of the training captions.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The scenes to train on, as tensors.</summary>
    public CaptionedScenes Training { get; }

    /// <summary>The scenes to choose a model by.</summary>
    public CaptionTest Validation { get; }

    /// <inheritdoc/>
    public override long TestCount => test.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>How all are trained in the quick profile.</summary>
    public static TrainingOptions Quick { get; } = new() { Steps = 1_000, BatchSize = 64, LearningRate = 6e-3, ReportEvery = 20 };

    /// <summary>A way to look, and to learn where, as a contender.</summary>
    /// <param name="mechanism">The mechanism.</param>
    public Contender With(Mechanism mechanism) => Contender.Of(mechanism, Quick, (own, generator) => new CaptionModel(this, own, generator));

    /// <summary>Measures a captioner by all metrics.</summary>
    internal Dictionary<string, double> Measure(Captioner captioner, Generator generator)
    {
        var captions = test.Captions(captioner, 1, generator);
        var bleu = test.BleuOf(captions);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Exact.Name] = test.ExactMatch(captions),
            [ExactByBeam.Name] = test.ExactMatch(test.Captions(captioner, BeamWidth, generator)),
            [ExactOnNewPairs.Name] = newPairs.ExactMatch(newPairs.Captions(captioner, 1, generator)),
            [Points.Name] = test.Pointing(captioner, generator),
        };
        foreach (var (n, metric) in Bleus.Index()) metrics[metric.Name] = bleu.UpTo(n + 1);
        return metrics;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Training.Dispose();
            Validation.Dispose();
            test.Dispose();
            newPairs.Dispose();
        }

        base.Dispose(disposing);
    }

    // What is looked at goes into the state that all later words come from: the sum over all choices is one over N^T ways, and no exact marginal is to be had.
    // And alone, REINFORCE does not find out where to look in so few steps; what it has been shown by soft attention first, it keeps.
    private static IEnumerable<Mechanism> Compared() => [.. Mechanisms.All.Where(mechanism => mechanism.Aims && mechanism != Mechanisms.Marginal), Mechanisms.Annealed, Mechanisms.Average, Mechanisms.Random];

    // Pictures that are empty: what captions tell about each other, without any picture.
    private Contender Blind() => new("control, no picture", Role.Control, Quick, generator => new CaptionModel(this, Mechanisms.Average, generator, blind: true));
}
