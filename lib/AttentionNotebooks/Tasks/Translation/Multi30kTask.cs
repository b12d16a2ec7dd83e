namespace AttentionNotebooks;

/// <summary>Multi30k (Elliott et al. 2016), German to English, the test of 2016: words by the rule of <see cref="Words"/>, of which those are known that training has often enough.</summary>
/// <remarks>The quick profile is a minute of a processor, about one epoch, and far from converged: it compares mechanisms at equal effort, and no number of it compares with published ones.</remarks>
public class Multi30kTask : TranslationTask
{
    private const int BeamWidth = 5;

    /// <summary>BLEU-4 of the words found greedily, against one reference each, in lower case and cut by <see cref="Words"/>.</summary>
    public static Metric GreedyBleu { get; } = new("BLEU-4, greedy");

    /// <summary>The same of a beam search of width 5.</summary>
    public static Metric BeamBleu { get; } = new("BLEU-4, beam 5");

    /// <summary>The perplexity of the true words after the true words before them.</summary>
    public static Metric ForcedPerplexity { get; } = new("perplexity, teacher-forced", Higher: false, Share: false);

    /// <summary>The perplexity of the true words after the translator's own words before them.</summary>
    public static Metric FreePerplexity { get; } = new("perplexity, free-running", Higher: false, Share: false);

    private readonly NumberedPairs validation;
    private readonly NumberedPairs test;

    /// <summary>Prepares the pairs.</summary>
    /// <param name="data">Multi30k, or another set of short sentences.</param>
    /// <param name="fewest">How often training has a word that is known; published models take 2. What is unknown cannot be translated, and what is rare takes longer than the quick profile to learn.</param>
    public Multi30kTask(TranslationData data, int fewest = 5)
        : this(data, fewest, new TranslatorSize(96, 192), new TrainingOptions { Steps = 500, BatchSize = 64, LearningRate = 1e-2 })
    {
    }

    private protected Multi30kTask(TranslationData data, int fewest, TranslatorSize size, TrainingOptions options)
        : base(
            Numbered((data ?? throw new ArgumentNullException(nameof(data))).Train, fewest), size, options,
            data.Name, GreedyBleu, BeamBleu, ForcedPerplexity, FreePerplexity)
    {
        NumberedPairs Known(SentencePairs pairs) => new(pairs, Words.Split, Pairs.SourceVocabulary, Pairs.TargetVocabulary);
        (validation, test) = (Known(data.Validation), Known(data.Test));
    }

    /// <inheritdoc/>
    public override long TestCount => test.Count;

    /// <inheritdoc/>
    public override Metric? Headline => null;

    /// <inheritdoc/>
    // English has about as many words as German here: a handful of 29,000 translations are longer by more.
    public override int Longest(int words) => words + 10;

    // In this little time the dot product has not learned to look: on validation it is behind the mean of the sentence, and the additive score ahead.
    private protected override string ScoreName => "additive";

    internal override int BatchesTogether => 32;

    // It would put every step into words once for each location: some 15 times 3,000 scores for each word of the translation.
    private protected override bool Enumerates => false;

    // Two beam searches of the whole test set take as long as a quarter of the training.
    private protected override IEnumerable<Read> Modes(Mechanism mechanism) => mechanism.Modes.Take(2);

    internal override IReadOnlyDictionary<string, double> Measure(Translator translator, Generator generator)
    {
        var on = new TranslationTest(translator, test, generator);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [GreedyBleu.Name] = Bleu.Of(on.Translate(1, Longest), test.References).Score,
            [BeamBleu.Name] = Bleu.Of(on.Translate(BeamWidth, Longest), test.References).Score,
            [ForcedPerplexity.Name] = on.ForcedPerplexity(),
            [FreePerplexity.Name] = on.FreePerplexity(),
        };
    }

    internal override IReadOnlyDictionary<string, double> Validate(Translator translator, Generator generator)
    {
        var on = new TranslationTest(translator, validation, generator);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["validation perplexity, teacher-forced"] = on.ForcedPerplexity(),
            ["validation perplexity, free-running"] = on.FreePerplexity(),
        };
    }

    private static NumberedPairs Numbered(SentencePairs train, int fewest) => new(
        train, Words.Split,
        Vocabulary.Of(train.Pairs.Select(pair => Words.Split(pair.Source)), fewest),
        Vocabulary.Of(train.Pairs.Select(pair => Words.Split(pair.Target)), fewest));
}
