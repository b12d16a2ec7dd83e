namespace AttentionNotebooks;

/// <summary>A sentence with its translation, and where the translator looked.</summary>
/// <param name="Source">The N words of the sentence, as the vocabulary has them, its end included.</param>
/// <param name="Target">The T words of the translation, its end included.</param>
/// <param name="Weights">α [T, N], in 0..1: how much each word of the sentence counted for each of the translation.</param>
public sealed record Translated(IReadOnlyList<string> Source, IReadOnlyList<string> Target, float[,] Weights)
{
    /// <summary>
    /// For every word written that the sentence has too (a digit of a year), whether the translator looked most at such a word, and how likely a look at a random place would have been to.
    /// Where a word has only to be copied, it is there that an alignment should point.
    /// </summary>
    /// <returns>One for each word that could be copied.</returns>
    public IReadOnlyList<(bool Copied, double Chance)> Copies() =>
    [
        .. from row in Enumerable.Range(0, Target.Count - 1)
           let same = Source.Count(word => word == Target[row])
           where same > 0
           select (Source[MostAttended(row)] == Target[row], (double)same / Source.Count),
    ];

    private int MostAttended(int row) => Enumerable.Range(0, Source.Count).MaxBy(column => Weights[row, column]);
}
