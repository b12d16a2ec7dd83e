namespace AttentionNotebooks;

/// <summary>One row of an <see cref="IntervalChart"/>.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Role">What it stands for, hence its colour.</param>
/// <param name="Value">The best guess; not a number where there is none.</param>
/// <param name="Low">The lower end; −∞ where nothing is known.</param>
/// <param name="High">The upper end; ∞ where nothing is known.</param>
public sealed record Interval(string Name, Role Role, double Value, double Low, double High)
{
    /// <summary>What the value is compared with, drawn as a short dashed line.</summary>
    public double? Mark { get; init; }
}
