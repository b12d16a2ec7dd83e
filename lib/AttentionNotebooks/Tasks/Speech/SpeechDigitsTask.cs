namespace AttentionNotebooks;

/// <summary>Single spoken digits, from log-mel frames to one of ten: attention as a way to pool over time.</summary>
public sealed class SpeechDigitsTask : AttentionTask
{
    /// <summary>The share of recordings that are recognised.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>The share of recordings whose most attended location lies where the digit sounds; where several share the greatest weight each counts for its part.</summary>
    public static Metric Aligned { get; } = new("aligned");

    private static readonly TrainingOptions Quick = new() { Steps = 300, BatchSize = 64, LearningRate = 4e-3 };

    private readonly LogMel frames;
    private readonly SpokenDigitExamples train;
    private readonly SpokenDigitExamples test;

    /// <summary>Takes recordings; their samples are not kept.</summary>
    /// <param name="name">What the task is called.</param>
    /// <param name="dataName">What the recordings are called.</param>
    /// <param name="recordings">The recordings, of one digit each, to train and to test on.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="options">How contenders are trained in the quick profile.</param>
    public SpeechDigitsTask(string name, string dataName, (IReadOnlyList<DigitString> Train, IReadOnlyList<DigitString> Test) recordings, int sampleRate, TrainingOptions options) : base(name, dataName, Accuracy, Aligned)
    {
        frames = new LogMel(sampleRate);
        train = new(recordings.Train, frames);
        test = new(recordings.Test, frames, train.Statistics);
        Majority = recordings.Test.CountBy(recording => recording.Digits[0]).Max(digit => digit.Value) / (double)test.Count;
        Contenders = [.. Mechanisms.All.Select(mechanism => Contender.Of(mechanism, options, Create))];
    }

    /// <inheritdoc/>
    public override long TestCount => test.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>How often one is right in the test recordings who always says the digit that is commonest there: no more than a tenth where all are as common.</summary>
    public double Majority { get; }

    /// <summary>Synthesised digits, each somewhere among pieces of others; those to test on are of other recordings of the same voices.</summary>
    /// <param name="seed">Any number.</param>
    public static SpeechDigitsTask Synthesised(long seed) => AmongPieces(SpokenDigits.Synthesised(seed), seed, Quick with { Steps = 600 });

    /// <summary>The Free Spoken Digit Dataset with its official split, each digit somewhere among pieces of others by the same speaker.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="seed">Any number, for where they lie.</param>
    public static SpeechDigitsTask FsddAmongPieces(DataRoot root, long seed) => AmongPieces(SpokenDigits.Fsdd(root), seed, Quick with { Steps = 600 });

    /// <summary>The Free Spoken Digit Dataset with its official split, as it was recorded: other recordings of the same six speakers.</summary>
    /// <param name="root">Where data lie.</param>
    public static SpeechDigitsTask Fsdd(DataRoot root) => AsRecorded(SpokenDigits.Fsdd(root), Quick with { Steps = 600 });

    /// <summary>The Free Spoken Digit Dataset, as it was recorded, with one of the six speakers to test on, and the others to train on.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="speaker">Whom to leave out.</param>
    public static SpeechDigitsTask FsddWithout(DataRoot root, string speaker) => AsRecorded(SpokenDigits.FsddWithout(root, speaker), Quick with { Steps = 600 });

    /// <summary>Recordings as they are, digit from end to end.</summary>
    /// <param name="data">The recordings, to train and to test on.</param>
    /// <param name="options">How contenders are trained in the quick profile.</param>
    public static SpeechDigitsTask AsRecorded(SpokenDigitData data, TrainingOptions options)
    {
        static DigitString[] Whole(SpokenDigitSet set) => [.. set.Recordings.Select(each => new DigitString(each.Samples, [(byte)each.Digit], [(0, each.Samples.Length)]))];
        return new("speech, single digits", data.Name, (Whole(data.Train), Whole(data.Test)), data.Train.SampleRate, options);
    }

    /// <summary>Recordings joined anew: each digit somewhere among pieces of others by the same speaker.</summary>
    /// <param name="data">The recordings, to train and to test on.</param>
    /// <param name="seed">Any number, for where they lie.</param>
    /// <param name="options">How contenders are trained in the quick profile.</param>
    /// <param name="train">How many to train on.</param>
    /// <param name="test">How many to test on.</param>
    public static SpeechDigitsTask AmongPieces(SpokenDigitData data, long seed, TrainingOptions options, int train = 3000, int test = 1000)
    {
        var clips = DigitStrings.OneAmongPieces;
        return new("speech, a digit among pieces of others", data.Name, (clips.Join(data.Train, train, seed), clips.Join(data.Test, test, seed + 1)), data.Train.SampleRate, options);
    }

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
        return new(listener, estimator, frames, train, test);
    }
}
