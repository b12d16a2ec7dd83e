namespace AttentionNotebooks;

/// <summary>Dates and numbers, human to ISO, a character at a time: the embedded translation, tested on other dates and numbers, in known and in new formats, and on longer ones.</summary>
public sealed class IsoTask : TranslationTask
{
    /// <summary>Whole answers that are right, to what is written in a way that training shows.</summary>
    public static Metric Exact { get; } = new("exact");

    /// <summary>Characters that are right there, of the true answers' characters, each at its place.</summary>
    public static Metric Characters { get; } = new("characters");

    /// <summary>Whole answers that are right, to what is written in a way that training never shows.</summary>
    public static Metric ExactInNewFormats { get; } = new("exact, new formats");

    /// <summary>Characters that are right there.</summary>
    public static Metric CharactersInNewFormats { get; } = new("characters, new formats");

    /// <summary>Whole answers that are right, where question and answer are longer than any in training.</summary>
    public static Metric ExactOfNewLengths { get; } = new("exact, new lengths");

    /// <summary>Characters that are right there.</summary>
    public static Metric CharactersOfNewLengths { get; } = new("characters, new lengths");

    private readonly NumberedPairs test;
    private readonly NumberedPairs newFormats;
    private readonly NumberedPairs newLengths;

    /// <summary>Prepares the pairs.</summary>
    /// <param name="data">The dates and numbers.</param>
    public IsoTask(IsoData data)
        : base(
            Numbered((data ?? throw new ArgumentNullException(nameof(data))).Train), new TranslatorSize(32, 128),
            new TrainingOptions { Steps = 400, BatchSize = 64, LearningRate = 6e-3 },
            data.Name, Exact, Characters, ExactInNewFormats, CharactersInNewFormats, ExactOfNewLengths, CharactersOfNewLengths)
    {
        NumberedPairs Known(SentencePairs pairs) => new(pairs, Split, Pairs.SourceVocabulary, Pairs.TargetVocabulary);
        (test, newFormats, newLengths) = (Known(data.Test), Known(data.NewFormats), Known(data.NewLengths));
    }

    /// <inheritdoc/>
    public override long TestCount => test.Count;

    /// <inheritdoc/>
    // Two dates with a stroke between, and the end.
    public override int Longest(int words) => 10 + 1 + 10 + 1;

    // Length goes with format here: more batches together would have one format each.
    internal override int BatchesTogether => 4;

    private protected override bool Enumerates => true;

    internal override IReadOnlyDictionary<string, double> Measure(Translator translator, Generator generator)
    {
        var (known, formats, lengths) = (Right(translator, test, generator), Right(translator, newFormats, generator), Right(translator, newLengths, generator));
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Exact.Name] = known.Exact,
            [Characters.Name] = known.Characters,
            [ExactInNewFormats.Name] = formats.Exact,
            [CharactersInNewFormats.Name] = formats.Characters,
            [ExactOfNewLengths.Name] = lengths.Exact,
            [CharactersOfNewLengths.Name] = lengths.Characters,
        };
    }

    internal override IReadOnlyDictionary<string, double> Validate(Translator translator, Generator generator) =>
        new Dictionary<string, double>(StringComparer.Ordinal) { [Exact.Name] = Right(translator, test, generator).Exact };

    private (double Exact, double Characters) Right(Translator translator, NumberedPairs pairs, Generator generator)
    {
        var written = new TranslationTest(translator, pairs, generator).Translate(1, Longest);
        var both = written.Zip(pairs.References).ToArray();
        var right = both.Sum(pair => pair.First.Zip(pair.Second).Count(character => character.First == character.Second));
        return (both.Average(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal) ? 1.0 : 0), (double)right / both.Sum(pair => pair.Second.Count));
    }

    private static NumberedPairs Numbered(SentencePairs train) =>
        new(train, Split, Vocabulary.Of(train.Pairs.Select(pair => Split(pair.Source))), Vocabulary.Of(train.Pairs.Select(pair => Split(pair.Target))));

    // A character is a word.
    private static IReadOnlyList<string> Split(string text) => [.. text.Select(character => character.ToString())];
}
