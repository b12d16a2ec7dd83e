namespace AttentionNotebooks;

/// <summary>
/// Derives the true reasons of a sentence from its judged phrases. A phrase speaks for the sentence if both are on the same side of
/// neutral; the reasons are the words of the smallest such phrases, those with no other inside. So “not” is the reason in “not good”
/// if it was judged negative by itself, and “not good” is if only both words together were. A neutral sentence has none.
/// </summary>
public static class SentimentReasons
{
    private const int Neutral = 2;

    /// <summary>For each word, whether it is part of the reason.</summary>
    /// <param name="words">How many words the sentence has.</param>
    /// <param name="label">Its label, 0 to 4.</param>
    /// <param name="phrases">Its phrases, each after those inside it.</param>
    /// <param name="strength">How far from neutral a phrase must be to count: 1, or 2 for the extremes (labels 0 and 4) alone.</param>
    /// <exception cref="ArgumentException">A phrase lies outside the sentence, or comes before one inside it.</exception>
    public static bool[] Of(int words, int label, IReadOnlyList<Phrase> phrases, int strength = 1)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        ArgumentOutOfRangeException.ThrowIfNegative(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(strength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(strength, Neutral);
        var side = Math.Sign(label - Neutral);
        var reasons = new bool[words];
        if (side == 0) return reasons;

        foreach (var phrase in phrases)
        {
            if (phrase.Start < 0 || phrase.End > words || phrase.Start >= phrase.End) throw new ArgumentException($"A phrase from {phrase.Start} to {phrase.End} is not in a sentence of {words} words.", nameof(phrases));
            var inside = reasons.AsSpan(phrase.Start, phrase.End - phrase.Start);
            // Phrases nest, so a reason inside is that of a smaller phrase.
            if ((phrase.Label - Neutral) * side >= strength && !inside.Contains(true)) inside.Fill(true);
        }

        return reasons;
    }
}
