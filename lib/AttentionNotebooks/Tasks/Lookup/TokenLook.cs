namespace AttentionNotebooks;

/// <summary>How the tokens of one sequence were related.</summary>
/// <param name="Weights">[N, N]: how much each token, down, takes of each other, across.</param>
/// <param name="Heads">Which tokens look.</param>
/// <param name="Dependents">Which are looked at.</param>
/// <param name="Names">What each token is: “?3” asks for key 3, “3:5” is a card of key 3 and value 5, “·” fills.</param>
/// <param name="Question">Where the question stands.</param>
/// <param name="Card">Where the card of its key stands.</param>
public sealed record TokenLook(float[,] Weights, IReadOnlyList<bool> Heads, IReadOnlyList<bool> Dependents, IReadOnlyList<string> Names, int Question, int Card)
{
    /// <summary>[N, N]: 1 where the pair is related, 0 where it is not computed.</summary>
    public float[,] Related()
    {
        var related = new float[Heads.Count, Heads.Count];
        foreach (var (i, looks) in Heads.Index())
        {
            foreach (var (j, isLookedAt) in Dependents.Index()) related[i, j] = looks && isLookedAt && i != j ? 1 : 0;
        }

        return related;
    }
}
