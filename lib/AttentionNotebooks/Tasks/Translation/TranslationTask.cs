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

    /// <summary>How many words a translation is allowed.</summary>
    /// <param name="words">How many the sentence has, or the longest of a batch, its end included.</param>
    /// <returns>The most, the end included.</returns>
    public abstract int Longest(int words);

    /// <summary>How many batches are sorted by length together.</summary>
    internal abstract int BatchesTogether { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders =>
    [
        .. Mechanisms.All.Where(mechanism => mechanism.Aims && (Enumerates || mechanism != Mechanisms.Marginal)).Select(mechanism => Of(mechanism)),
        Of(Variational, infers: true),
        .. Scores.Where(score => score.Key != ScoreName).Select(score => Of(Mechanisms.Soft with { Name = $"soft, {score.Key} score" }, score.Value)),
        Of(Mechanisms.Soft with { Name = "soft, Bahdanau's decoder" }, Scores["additive"], Bahdanau),
        Of(Mechanisms.Average),
        Of(Mechanisms.Random),
        Of(Mechanisms.Average with { Name = "control, no attention" }, looks: false),
    ];

    /// <summary>Whether every location can be tried in turn in any time that one would wait.</summary>
    private protected abstract bool Enumerates { get; }

    /// <summary>The score that all mechanisms take: dot, additive or concat. Keys are projected by the model, so the dot product is the “general” score.</summary>
    private protected virtual string ScoreName => "dot";

    /// <summary>Which of a mechanism's evaluation modes there is time for.</summary>
    private protected virtual IEnumerable<Read> Modes(Mechanism mechanism) => mechanism.Modes;

    /// <summary>Tests a translator with the read it has.</summary>
    internal abstract IReadOnlyDictionary<string, double> Measure(Translator translator, Generator generator);

    /// <summary>Measures a translator on pairs that are neither trained nor tested on.</summary>
    internal abstract IReadOnlyDictionary<string, double> Validate(Translator translator, Generator generator);

    // One location, drawn from what an inference network says that knows the translation   Deng 2018, §3
    private Mechanism Variational => Mechanisms.Reinforced with
    {
        Name = "hard, variational",
        Estimator = _ => new Variational(Enumerates ? new ExactExpectation() : new Reinforce(new LeaveOneOut(), samples: 2)),
    };

    private Dictionary<string, Func<Score>> Scores => new(StringComparer.Ordinal)
    {
        ["dot"] = () => new DotScore(),
        ["additive"] = () => new AdditiveScore(size.Hidden, size.Hidden, ScoreFeatures),
        ["concat"] = () => new ConcatScore(size.Hidden, size.Hidden, ScoreFeatures),
    };

    private protected Contender Of(Mechanism mechanism, Func<Score>? score = null, Func<Attention, Decoder>? decoder = null, bool looks = true, bool infers = false, bool ownWords = false)
    {
        return Contender.Of(mechanism, options, Create) with { Modes = [.. Modes(mechanism).Select(EvaluationMode.FromRead)] };

        TranslationModel Create(Mechanism of, Generator generator)
        {
            var attention = of.Over(score ?? Scores[ScoreName]);
            var translator = new Translator((decoder ?? Luong)(attention), size, Pairs.SourceVocabulary.Count, Pairs.TargetVocabulary.Count, generator, looks);
            var estimator = of.Estimator(size.Hidden + size.Word);
            Initialization.Draw(estimator, generator);
            return new TranslationModel(translator, estimator, infers ? new InferenceNetwork(size, generator) : null, this, ownWords);
        }
    }

    private protected BahdanauDecoder Bahdanau(Attention attention) => new(attention, size.Word, size.Hidden);

    private LuongDecoder Luong(Attention attention) => new(attention, size.Word, size.Hidden);
}
