namespace AttentionNotebooks;

/// <summary>Translation: a bidirectional GRU reads, a GRU writes, and every mechanism looks at the sentence for each word, in Luong's decoder, where none of its choices matters to another.</summary>
public abstract class TranslationTask : AttentionTask
{
    private const int ScoreFeatures = 64;

    private readonly TranslatorSize size;
    private readonly TrainingOptions options;

    private protected TranslationTask(NumberedPairs train, TranslatorSize size, TrainingOptions options, string dataName, params IReadOnlyList<Metric> metrics)
        : base("translation", dataName, metrics) => (Pairs, this.size, this.options) = (train, size, options);

    /// <summary>The pairs it is trained on, with both vocabularies.</summary>
    public NumberedPairs Pairs { get; }

    /// <summary>How many words a translation has at most, the end included.</summary>
    public abstract int Longest { get; }

    /// <summary>How many batches are sorted by length together.</summary>
    internal abstract int BatchesTogether { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders =>
    [
        .. Mechanisms.All.Where(mechanism => mechanism.Aims && CanTrain(mechanism)).Select(Of),
        Softly("soft, additive score", () => new AdditiveScore(size.Hidden, size.Hidden, ScoreFeatures), Luong),
        Softly("soft, concat score", () => new ConcatScore(size.Hidden, size.Hidden, ScoreFeatures), Luong),
        Softly("soft, Bahdanau's decoder", () => new AdditiveScore(size.Hidden, size.Hidden, ScoreFeatures), Bahdanau),
        Of(Mechanisms.Average),
        Of(Mechanisms.Random),
        new("control, no attention", Role.Control, options, generator => Create(Luong(Mechanisms.Average.Over(() => new DotScore())), new Reinforce(), generator, looks: false)),
    ];

    /// <summary>Whether a mechanism can be trained here in any time that one would wait.</summary>
    private protected virtual bool CanTrain(Mechanism mechanism) => true;

    /// <summary>Tests a translator with the read it has.</summary>
    internal abstract IReadOnlyDictionary<string, double> Measure(Translator translator, Generator generator);

    /// <summary>Measures a translator on pairs that are neither trained nor tested on.</summary>
    internal abstract IReadOnlyDictionary<string, double> Validate(Translator translator, Generator generator);

    // Keys are projected by the model, so the dot product is the “general” score.
    private Contender Of(Mechanism mechanism) => Contender.Of(mechanism, options, (of, generator) => Create(Luong(of.Over(() => new DotScore())), of.Estimator(size.Hidden), generator));

    private Contender Softly(string name, Func<Score> score, Func<Attention, Decoder> decoder) =>
        Contender.Of(Mechanisms.Soft with { Name = name }, options, (of, generator) => Create(decoder(of.Over(score)), of.Estimator(size.Hidden), generator));

    private LuongDecoder Luong(Attention attention) => new(attention, size.Word, size.Hidden);

    private BahdanauDecoder Bahdanau(Attention attention) => new(attention, size.Word, size.Hidden);

    private TranslationModel Create(Decoder decoder, GradientEstimator estimator, Generator generator, bool looks = true)
    {
        var translator = new Translator(decoder, size, Pairs.SourceVocabulary.Count, Pairs.TargetVocabulary.Count, generator, looks);
        Initialization.Draw(estimator, generator);
        return new TranslationModel(translator, estimator, this);
    }
}
