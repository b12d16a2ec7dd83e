namespace AttentionNotebooks;

/// <summary>Pairs of sentences, cut into words and numbered.</summary>
public sealed class NumberedPairs
{
    private readonly Func<string, IReadOnlyList<string>> split;
    private readonly int[][] sources;
    private readonly int[][] targets;

    /// <summary>Cuts and numbers all sentences.</summary>
    /// <param name="pairs">The sentences.</param>
    /// <param name="split">Cuts a sentence into its words: <see cref="Words.Split"/>, or whatever is to count as a word.</param>
    /// <param name="source">The words to translate from.</param>
    /// <param name="target">The words to translate to.</param>
    public NumberedPairs(SentencePairs pairs, Func<string, IReadOnlyList<string>> split, Vocabulary source, Vocabulary target)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        (Pairs, this.split, SourceVocabulary, TargetVocabulary) = (pairs, split, source, target);
        sources = [.. pairs.Pairs.Select(pair => source.Encode(split(pair.Source)))];
        References = [.. pairs.Pairs.Select(pair => split(pair.Target))];
        targets = [.. References.Select(target.Encode)];
    }

    /// <summary>The sentences themselves.</summary>
    public SentencePairs Pairs { get; }

    /// <summary>The words to translate from.</summary>
    public Vocabulary SourceVocabulary { get; }

    /// <summary>The words to translate to.</summary>
    public Vocabulary TargetVocabulary { get; }

    /// <summary>The translations as their words, those that the vocabulary lacks included.</summary>
    public IReadOnlyList<IReadOnlyList<string>> References { get; }

    /// <summary>How many pairs there are.</summary>
    public int Count => sources.Length;

    /// <summary>How many words each pair has on both sides.</summary>
    public IReadOnlyList<int> Lengths => [.. sources.Zip(targets, (source, target) => source.Length + target.Length)];

    /// <summary>Some of the pairs.</summary>
    /// <param name="indices">Which, in 0..Count−1.</param>
    /// <returns>The batch, the caller's.</returns>
    public TranslationBatch Batch(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Batch([.. indices.Select(i => sources[i])], [.. indices.Select(i => targets[i])]);
    }

    /// <summary>Sentences that are to be translated, and whose translation nobody knows.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <returns>The batch, the caller's; its translations are an end each.</returns>
    public TranslationBatch ToTranslate(params IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        return Batch([.. sentences.Select(sentence => SourceVocabulary.Encode(split(sentence)))], [.. sentences.Select(_ => new[] { Vocabulary.End })]);
    }

    /// <summary>All pairs in batches of similar length, so that little is padded.</summary>
    /// <param name="size">How many in each but the last.</param>
    /// <returns>Which pairs each batch has.</returns>
    public IEnumerable<int[]> BySize(int size) => Enumerable.Range(0, Count).OrderBy(i => sources[i].Length).ThenBy(i => targets[i].Length).ThenBy(i => i).Chunk(size);

    private static TranslationBatch Batch(int[][] sources, int[][] targets) =>
        new(Vocabulary.ToTensor(sources), torch.tensor(sources.Select(source => (long)source.Length).ToArray()), Vocabulary.ToTensor(targets));
}
