namespace AttentionNotebooks;

/// <summary>How far a hypothesis is from a reference: the fewest substitutions, insertions and deletions that turn one into the other (Levenshtein 1966).</summary>
/// <remarks>The sum of all edits over the length of all references is the word, character or digit error rate; with many insertions it exceeds 1.</remarks>
public sealed class EditDistance
{
    private EditDistance(int referenceLength, IReadOnlyList<(int Reference, int Hypothesis)> pairs, int substitutions, int insertions, int deletions) =>
        (ReferenceLength, Pairs, Substitutions, Insertions, Deletions) = (referenceLength, pairs, substitutions, insertions, deletions);

    /// <summary>Symbols that stand for others.</summary>
    public int Substitutions { get; }

    /// <summary>Symbols of the hypothesis that the reference does not have.</summary>
    public int Insertions { get; }

    /// <summary>Symbols of the reference that the hypothesis does not have.</summary>
    public int Deletions { get; }

    /// <summary>All edits.</summary>
    public int Edits => Substitutions + Insertions + Deletions;

    /// <summary>How many symbols the reference has.</summary>
    public int ReferenceLength { get; }

    /// <summary>Which symbol of the reference each symbol of the hypothesis stands for, rightly or not, in order; one that was inserted is in no pair. Of several ways with as few edits, the one with the latest pairs.</summary>
    public IReadOnlyList<(int Reference, int Hypothesis)> Pairs { get; }

    /// <summary>Compares two sequences.</summary>
    /// <typeparam name="T">A symbol.</typeparam>
    /// <param name="reference">What is right.</param>
    /// <param name="hypothesis">What was recognised.</param>
    public static EditDistance Between<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> hypothesis) where T : IEquatable<T>
    {
        var edits = Table(reference, hypothesis);
        var pairs = new List<(int Reference, int Hypothesis)>();
        var (i, j) = (reference.Length, hypothesis.Length);
        var (substitutions, insertions, deletions) = (0, 0, 0);
        while (i > 0 || j > 0)
        {
            var replaced = i > 0 && j > 0 && !reference[i - 1].Equals(hypothesis[j - 1]) ? 1 : 0;
            if (i > 0 && j > 0 && edits[i, j] == edits[i - 1, j - 1] + replaced)
            {
                substitutions += replaced;
                pairs.Add((--i, --j));
            }
            else if (i > 0 && edits[i, j] == edits[i - 1, j] + 1)
            {
                deletions++;
                i--;
            }
            else
            {
                insertions++;
                j--;
            }
        }

        pairs.Reverse();
        return new(reference.Length, pairs, substitutions, insertions, deletions);
    }

    /// <summary>The error rate of a whole set: Σ edits / Σ length of the references.</summary>
    /// <param name="distances">One for each pair of sequences.</param>
    /// <returns>0 or more; not a number where no reference has a symbol.</returns>
    public static double Rate(IReadOnlyCollection<EditDistance> distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        return (double)distances.Sum(distance => (long)distance.Edits) / distances.Sum(distance => (long)distance.ReferenceLength);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Substitutions} substitutions, {Insertions} insertions, {Deletions} deletions in {ReferenceLength}";

    // d[i, j] turns the first i symbols of the reference into the first j of the hypothesis   Wagner & Fischer 1974
    private static int[,] Table<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> hypothesis) where T : IEquatable<T>
    {
        var edits = new int[reference.Length + 1, hypothesis.Length + 1];
        for (var i = 0; i <= reference.Length; i++)
        {
            for (var j = 0; j <= hypothesis.Length; j++)
            {
                if (i == 0 || j == 0) edits[i, j] = i + j;
                else edits[i, j] = Math.Min(edits[i - 1, j - 1] + (reference[i - 1].Equals(hypothesis[j - 1]) ? 0 : 1), 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
            }
        }

        return edits;
    }
}
