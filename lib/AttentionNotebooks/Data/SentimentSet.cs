namespace AttentionNotebooks;

/// <summary>Sentences, each of one class.</summary>
/// <param name="Name">What the set is called in captions.</param>
/// <param name="ClassNames">What the classes mean.</param>
/// <param name="Sentences">The sentences.</param>
/// <param name="Origin">Where they come from, in a few words.</param>
public sealed record SentimentSet(string Name, IReadOnlyList<string> ClassNames, IReadOnlyList<LabelledSentence> Sentences, string Origin)
{
    /// <summary>How many there are.</summary>
    public int Count => Sentences.Count;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} sentences of {ClassNames.Count} classes ({Origin})";
}
