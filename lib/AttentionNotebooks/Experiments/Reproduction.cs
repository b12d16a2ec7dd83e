namespace AttentionNotebooks;

/// <summary>Results that others have published, beside ours.</summary>
/// <param name="Experiment">The experiment whose rows are ours.</param>
/// <param name="Sources">Who published, the first the one that ours are judged by.</param>
/// <param name="Modes">The evaluation modes of ours that are shown, the last that which is judged; one that is "" stands for a contender's usual mode.</param>
/// <param name="Rows">What is compared.</param>
public sealed record Reproduction(string Experiment, IReadOnlyList<string> Sources, IReadOnlyList<string> Modes, IReadOnlyList<PublishedRow> Rows)
{
    /// <summary>Whether only the order of the rows is compared: ours is another task, or another measure.</summary>
    public bool OrderAlone { get; init; }

    /// <summary>The profile of ours.</summary>
    public string Profile { get; init; } = "full";
}
