using System.Globalization;

namespace AttentionNotebooks;

/// <summary>
/// BLEU of a whole corpus (Papineni et al. 2002, §2): how many runs of 1, 2, … words a translation has in common with its references,
/// and whether it is long enough. Counts are summed over all sentences before anything is divided.
/// </summary>
/// <remarks>
/// Nothing is smoothed: where no run of some length is in common, or no translation is that long, BLEU is 0. It compares words as they are:
/// case and the cutting into words are the caller's, and numbers of different rules for them do not compare.
/// </remarks>
public sealed class Bleu
{
    private readonly long[] matches;
    private readonly long[] totals;

    private Bleu(int order) => (matches, totals) = (new long[order], new long[order]);

    /// <summary>c, how many words the translations have in all.</summary>
    public long CandidateLength { get; private set; }

    /// <summary>r, how many words the references have: of each sentence's, the one nearest in length counts, and the shorter of two as near.</summary>
    public long ReferenceLength { get; private set; }

    /// <summary>N, how long the longest runs are.</summary>
    public int Order => totals.Length;

    /// <summary>BP, 1 where the translations are longer than the references, else exp(1 − r/c); 0 where there is no word.</summary>
    // BP = min(1, e^(1 − r/c))   Papineni 2002, §2.3
    public double BrevityPenalty => CandidateLength == 0 ? 0 : Math.Exp(Math.Min(0, 1 - (double)ReferenceLength / CandidateLength));

    /// <summary>BLEU-N, in 0..1.</summary>
    public double Score => UpTo(Order);

    /// <summary>Measures translations that may have several references each.</summary>
    /// <param name="candidates">The translations, each as its words; at least one.</param>
    /// <param name="references">For each, its references, at least one, each as its words.</param>
    /// <param name="order">N ≥ 1, how long the longest runs are.</param>
    /// <exception cref="ArgumentException">There is no translation, not as many lists of references, or one without a reference.</exception>
    public static Bleu Of(IReadOnlyList<IReadOnlyList<string>> candidates, IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> references, int order = 4)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (candidates.Count == 0) throw new ArgumentException("There are no translations to measure.", nameof(candidates));
        if (candidates.Count != references.Count) throw new ArgumentException($"There are {candidates.Count} translations and references for {references.Count}.", nameof(references));
        var bleu = new Bleu(order);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (references[i].Count == 0) throw new ArgumentException($"Translation {i} has no reference.", nameof(references));
            bleu.Add(candidates[i], references[i]);
        }

        return bleu;
    }

    /// <summary>Measures translations with one reference each.</summary>
    /// <param name="candidates">The translations, each as its words; at least one.</param>
    /// <param name="references">The reference of each, as its words.</param>
    /// <param name="order">N ≥ 1, how long the longest runs are.</param>
    /// <exception cref="ArgumentException">There is no translation, or not as many references.</exception>
    public static Bleu Of(IReadOnlyList<IReadOnlyList<string>> candidates, IReadOnlyList<IReadOnlyList<string>> references, int order = 4)
    {
        ArgumentNullException.ThrowIfNull(references);
        return Of(candidates, [.. references.Select(reference => new[] { reference })], order);
    }

    /// <summary>pₙ, the share of the translations' runs of n words that are in a reference, each as often as in the reference that has most of it.</summary>
    /// <param name="length">n, in 1..N.</param>
    /// <returns>In 0..1; 0 where no translation has n words.</returns>
    public double Precision(int length)
    {
        RequireInOrder(length);
        return totals[length - 1] == 0 ? 0 : (double)matches[length - 1] / totals[length - 1];
    }

    /// <summary>BLEU-n, in 0..1.</summary>
    /// <param name="length">n, in 1..N.</param>
    public double UpTo(int length)
    {
        RequireInOrder(length);
        var precisions = Enumerable.Range(1, length).Select(Precision).ToArray();
        // BLEU = BP · exp(Σₙ log pₙ / N)   Papineni 2002, §2.3
        return precisions.Contains(0) ? 0 : BrevityPenalty * Math.Exp(precisions.Average(Math.Log));
    }

    /// <summary>BLEU-N in percent with what it is made of, as published scripts print it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"BLEU-{Order} {100 * Score:F2} ({string.Join('/', Enumerable.Range(1, Order).Select(n => (100 * Precision(n)).ToString("F1", CultureInfo.InvariantCulture)))}, brevity penalty {BrevityPenalty:F3}, {CandidateLength} words for {ReferenceLength})");

    private void Add(IReadOnlyList<string> candidate, IReadOnlyList<IReadOnlyList<string>> references)
    {
        CandidateLength += candidate.Count;
        ReferenceLength += references.Select(reference => reference.Count).OrderBy(length => Math.Abs(length - candidate.Count)).ThenBy(length => length).First();
        for (var n = 1; n <= Order; n++)
        {
            var most = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (run, count) in references.SelectMany(reference => Runs(reference, n))) most[run] = Math.Max(count, most.GetValueOrDefault(run));
            // Count_clip = min(Count, Max_Ref_Count)   Papineni 2002, §2.1
            matches[n - 1] += Runs(candidate, n).Sum(run => Math.Min(run.Value, most.GetValueOrDefault(run.Key)));
            totals[n - 1] += Math.Max(0, candidate.Count - n + 1);
        }
    }

    // A word is within a line, so the end of a line parts two.
    private static Dictionary<string, int> Runs(IReadOnlyList<string> words, int length)
    {
        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var start = 0; start + length <= words.Count; start++)
        {
            var run = string.Join('\n', Enumerable.Range(start, length).Select(i => words[i]));
            runs[run] = runs.GetValueOrDefault(run) + 1;
        }

        return runs;
    }

    private void RequireInOrder(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Order);
    }
}
