namespace AttentionNotebooks;

/// <summary>One published result, and which of ours stands beside it.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Condition">Our condition.</param>
/// <param name="Metric">Our metric, of the task of the experiment.</param>
/// <param name="Published">What each source has, in the unit of our tables: percent for a share; null where it has nothing.</param>
public sealed record PublishedRow(string Name, string Condition, Metric Metric, params IReadOnlyList<double?> Published)
{
    /// <summary>The experiment of ours, where that is another than the table's.</summary>
    public string? Experiment { get; init; }

    /// <summary>Whether a share of ours counts test examples, and has the interval of a count. BLEU is shown in percent, and counts none.</summary>
    public bool Counts { get; init; } = true;
}
