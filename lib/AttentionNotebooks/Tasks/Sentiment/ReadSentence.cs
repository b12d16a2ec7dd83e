namespace AttentionNotebooks;

/// <summary>A sentence as a trained reader read it.</summary>
/// <param name="Words">Its N words, in lower case, as the vocabulary has them.</param>
/// <param name="Weights">α [N], what each word counted for; of a gate how far open it is expected to be.</param>
/// <param name="Given">The words that the reading gives as its reasons (<see cref="ReasonWords"/>).</param>
/// <param name="Reasons">The true reasons; none where nobody says.</param>
/// <param name="Class">The true class.</param>
/// <param name="Said">The class that was said.</param>
public sealed record ReadSentence(IReadOnlyList<string> Words, IReadOnlyList<float> Weights, IReadOnlyList<bool> Given, IReadOnlyList<bool> Reasons, string Class, string Said)
{
    /// <summary>Whether what was said is true.</summary>
    public bool IsRight => Class == Said;

    /// <summary>Where the word of the greatest weight stands.</summary>
    public int Top => Enumerable.Range(0, Words.Count).MaxBy(n => Weights[n]);

    /// <summary>The sentence with its weights as its ground.</summary>
    /// <param name="name">Who read it.</param>
    /// <param name="role">The colour of its name.</param>
    public AttendedSentence Weighed(string name, Role role) => Shown(name, role, Weights);

    /// <summary>The sentence with the words on a ground that are given as reasons.</summary>
    /// <inheritdoc cref="Weighed"/>
    public AttendedSentence Explained(string name, Role role) => Shown(name, role, [.. Given.Select(given => given ? 1f : 0f)]);

    /// <summary>The sentence with its k heaviest words on a ground, as if these were its reasons.</summary>
    /// <inheritdoc cref="Weighed"/>
    /// <param name="name">Who read it.</param>
    /// <param name="role">The colour of its name.</param>
    /// <param name="count">k, how many.</param>
    public AttendedSentence Heaviest(string name, Role role, int count)
    {
        var heaviest = Order().Take(count).ToHashSet();
        return Shown(name, role, [.. Enumerable.Range(0, Words.Count).Select(n => heaviest.Contains(n) ? 1f : 0f)]);
    }

    /// <summary>How well the k heaviest words of sentences agree with the true reasons, over all words of all sentences.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="count">k, how many words of each.</param>
    public static RationaleScore Heaviest(IReadOnlyCollection<ReadSentence> sentences, int count)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        return RationaleScore.OfCounts(
            sentences.Sum(sentence => sentence.Order().Take(count).Count(n => sentence.Reasons[n])),
            sentences.Sum(sentence => Math.Min(count, sentence.Words.Count)),
            sentences.Sum(sentence => sentence.Reasons.Count(reason => reason)));
    }

    // From the heaviest word to the lightest; of equals the first.
    private IEnumerable<int> Order() => Enumerable.Range(0, Words.Count).OrderByDescending(n => Weights[n]);

    private AttendedSentence Shown(string name, Role role, IReadOnlyList<float> weights) =>
        new($"{name}: {Said} {(IsRight ? "✓" : "✗")}", role, Words, weights) { Marks = [.. Enumerable.Range(0, Reasons.Count).Where(n => Reasons[n])] };
}
