namespace AttentionNotebooks;

/// <summary>Single spoken digits, from log-mel frames to one of ten: attention as a way to pool over time.</summary>
public sealed class SpeechDigitsTask : AttentionTask
{
    /// <summary>The share of recordings that are recognised.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    private static readonly TrainingOptions Quick = new() { Steps = 300, BatchSize = 64, LearningRate = 4e-3 };

    private readonly LogMel frames;
    private readonly SpokenDigitExamples train;
    private readonly SpokenDigitExamples test;

    /// <summary>Takes recordings; their samples are not kept.</summary>
    /// <param name="data">The recordings, to train and to test on.</param>
    /// <param name="options">How contenders are trained in the quick profile.</param>
    public SpeechDigitsTask(SpokenDigitData data, TrainingOptions options) : base("speech, single digits", (data ?? throw new ArgumentNullException(nameof(data))).Name, Accuracy)
    {
        frames = new LogMel(data.Train.SampleRate);
        train = new(data.Train, frames);
        test = new(data.Test, frames, train.Statistics);
        Majority = data.Test.Recordings.CountBy(recording => recording.Digit).Max(digit => digit.Value) / (double)data.Test.Count;
        Contenders = [.. Mechanisms.All.Select(mechanism => Contender.Of(mechanism, options, Create))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>How often one is right in the test recordings who always says the digit that is commonest there: no more than a tenth where all are as common.</summary>
    public double Majority { get; }

    /// <summary>Synthesised digits; those to test on are other recordings of the same voices.</summary>
    /// <param name="seed">Any number.</param>
    public static SpeechDigitsTask Synthesised(long seed) => new(SpokenDigits.Synthesised(seed), Quick);

    /// <summary>The Free Spoken Digit Dataset with its official split: other recordings of the same six speakers.</summary>
    /// <param name="root">Where data lie.</param>
    public static SpeechDigitsTask Fsdd(DataRoot root) => new(SpokenDigits.Fsdd(root), Quick with { Steps = 600 });

    /// <summary>The Free Spoken Digit Dataset with one of the six speakers to test on, and the others to train on.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="speaker">Whom to leave out.</param>
    public static SpeechDigitsTask FsddWithout(DataRoot root, string speaker) => new(SpokenDigits.FsddWithout(root, speaker), Quick with { Steps = 600 });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        frames.Dispose();
        train.Dispose();
        test.Dispose();
    }

    private DigitModel Create(Mechanism mechanism, Generator generator)
    {
        var attention = mechanism.Over(() => new AdditiveScore(DigitListener.QueryFeatures, DigitListener.KeyFeatures, 32));
        var listener = new DigitListener(attention, train.Features.Bands, generator);
        var estimator = mechanism.Estimator(listener.StateFeatures);
        Initialization.Draw(estimator, generator);
        return new(listener, estimator, train, test);
    }
}
