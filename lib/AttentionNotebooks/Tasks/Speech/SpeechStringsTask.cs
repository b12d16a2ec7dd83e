namespace AttentionNotebooks;

/// <summary>Strings of spoken digits, from log-mel frames to digits and an end: what speech recognition asks of attention, an alignment that moves on.</summary>
public sealed class SpeechStringsTask : AttentionTask
{
    /// <summary>The digit error rate on strings of the lengths trained on.</summary>
    public static Metric DigitErrors { get; } = new("digit errors", Higher: false);

    /// <summary>The share of such strings with any error.</summary>
    public static Metric StringErrors { get; } = new("string errors", Higher: false);

    /// <summary>The share of digits spelt that were read where they are said.</summary>
    public static Metric Aligned { get; } = new("aligned");

    /// <summary>The digit error rate on longer strings than any trained on.</summary>
    public static Metric DigitErrorsLonger { get; } = new("digit errors, longer", Higher: false);

    /// <summary>The share of longer strings with any error.</summary>
    public static Metric StringErrorsLonger { get; } = new("string errors, longer", Higher: false);

    /// <summary>The share of digits of longer strings that were read where they are said.</summary>
    public static Metric AlignedLonger { get; } = new("aligned, longer");

    private const int Hidden = 64;

    // 120 ms from location to location, some four a digit, and 160 ms that a location hears ahead.
    private static readonly Convolution[] Convolutions = [new(48, 9, 6), new(64, 5, 2)];
    private const int Recurrent = 64;

    // No exact marginal: what is read at one step is what the next looks from, and all of a string's choices together are too many to sum over.
    private static readonly Mechanism[] Mechanisms =
    [
        AttentionNotebooks.Mechanisms.Soft, SpeechMechanisms.LocationAware, AttentionNotebooks.Mechanisms.Sparse,
        AttentionNotebooks.Mechanisms.Reinforced, AttentionNotebooks.Mechanisms.LeftOneOut, AttentionNotebooks.Mechanisms.StraightThrough,
        SpeechMechanisms.Monotonic, SpeechMechanisms.Chunkwise, AttentionNotebooks.Mechanisms.Mixed,
        AttentionNotebooks.Mechanisms.Average, AttentionNotebooks.Mechanisms.Random,
    ];

    /// <summary>Takes the data.</summary>
    /// <param name="data">The strings; they are the task's from now on.</param>
    /// <param name="options">How contenders are trained in the quick profile.</param>
    public SpeechStringsTask(DigitStringData data, TrainingOptions options)
        : base("speech, strings of digits", (data ?? throw new ArgumentNullException(nameof(data))).Name, DigitErrors, StringErrors, Aligned, DigitErrorsLonger, StringErrorsLonger, AlignedLonger)
    {
        Data = data;
        Contenders = [.. Mechanisms.Select(mechanism => Contender.Of(mechanism, options, Create))];
    }

    /// <inheritdoc/>
    public override long TestCount => Data.Test.Count;

    /// <inheritdoc/>
    public override Metric? Headline => StringErrors;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>The strings.</summary>
    public DigitStringData Data { get; }

    /// <summary>What a trained contender makes of strings on its own, and where it listens.</summary>
    /// <param name="run">The trained contender, of this task.</param>
    /// <param name="set">One of the sets of <see cref="Data"/>.</param>
    /// <param name="read">The evaluation mode; null for the read it was trained with.</param>
    /// <param name="strings">Which of its strings; none for all.</param>
    public static IReadOnlyList<SpeltString> Spell(TaskRun run, DigitStringSet set, Read? read = null, params IReadOnlyList<int> strings)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(strings);
        using var generator = new Generator((ulong)run.Seed, torch.CPU);
        IReadOnlyList<int> chosen = strings.Count > 0 ? strings : [.. Enumerable.Range(0, set.Count)];
        return ((TranscriptionModel)run.Model).Testing<IReadOnlyList<SpeltString>>(read, test => [.. test.Spell(set, chosen, generator)]);
    }

    /// <summary>Strings of synthesised digits.</summary>
    /// <param name="seed">Any number.</param>
    public static SpeechStringsTask Synthesised(long seed) => new(new(SpokenDigits.Synthesised(seed), seed), new() { Steps = 400, BatchSize = 32, LearningRate = 5e-3 });

    /// <summary>Strings of digits from the Free Spoken Digit Dataset, each spoken by one speaker, joined from the recordings of its official split.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="seed">For joining them.</param>
    public static SpeechStringsTask Fsdd(DataRoot root, long seed) => new(new(SpokenDigits.Fsdd(root), seed), new() { Steps = 600, BatchSize = 32, LearningRate = 5e-3 });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) Data.Dispose();
    }

    private TranscriptionModel Create(Mechanism mechanism, Generator generator)
    {
        var listener = new Listener(Data.Train.Features.Bands, Convolutions, Recurrent, generator);
        var attention = mechanism.Over(() => SpeechMechanisms.Score(mechanism, Speller.QueryFeatures, Speller.KeyFeatures, Hidden));
        var speller = new Speller(attention, listener.StateFeatures, DigitStringSet.Symbols, generator);
        var estimator = mechanism.Estimator(listener.StateFeatures);
        Initialization.Draw(estimator, generator);
        return new(new Transcriber(listener, speller), estimator, Data);
    }
}
