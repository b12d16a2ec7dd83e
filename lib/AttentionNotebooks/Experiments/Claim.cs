namespace AttentionNotebooks;

/// <summary>A sentence that people repeat about hard and soft attention, and what would decide it.</summary>
/// <param name="Id">Its name, C1 to C15.</param>
/// <param name="Sentence">What is said.</param>
/// <param name="Notebook">The notebook that measures it.</param>
/// <param name="Comparisons">What decides it; none where rows of trained models do not.</param>
public sealed record Claim(string Id, string Sentence, string Notebook, params IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>How often the claim's intervals together hold what they should, at least.</summary>
    public const double Confidence = 0.95;

    /// <summary>Judges the claim. Supported: every comparison supports it. Not supported: none does, and at least one says the opposite. Depends: some support it, and some say the opposite. Else undecided.</summary>
    /// <param name="rows">Gives the rows of an experiment.</param>
    public Judgement Judge(Func<string, IReadOnlyList<ResultRow>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        // Bonferroni: m intervals, each of 1 − 0.05 / m.
        var confidence = 1 - (1 - Confidence) / Math.Max(1, Comparisons.Count);
        (Comparison Comparison, PairedEffect Effect)[] effects = [.. Comparisons.Select(comparison => (comparison, comparison.Of(rows(comparison.Experiment), confidence)))];
        return new Judgement(this, effects);
    }
}
