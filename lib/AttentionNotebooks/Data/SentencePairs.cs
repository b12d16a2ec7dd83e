namespace AttentionNotebooks;

/// <summary>Sentences and their translations.</summary>
/// <param name="Name">What the set is called in captions.</param>
/// <param name="SourceLanguage">The language to translate from, as a code or in a word.</param>
/// <param name="TargetLanguage">The language to translate to.</param>
/// <param name="Pairs">The sentences.</param>
/// <param name="Origin">Where they come from, in a few words.</param>
public sealed record SentencePairs(string Name, string SourceLanguage, string TargetLanguage, IReadOnlyList<SentencePair> Pairs, string Origin)
{
    /// <summary>How many there are.</summary>
    public int Count => Pairs.Count;

    /// <summary>The same pairs, to translate the other way.</summary>
    public SentencePairs Reversed() => new(Name, TargetLanguage, SourceLanguage, [.. Pairs.Select(pair => new SentencePair(pair.Target, pair.Source))], Origin);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} pairs, {SourceLanguage} to {TargetLanguage} ({Origin})";
}
