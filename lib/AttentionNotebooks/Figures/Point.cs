namespace AttentionNotebooks;

/// <summary>One point of a <see cref="PointChart"/>.</summary>
/// <param name="Name">What it is; it stands beside the point; empty for a point like the one before, which needs no name.</param>
/// <param name="Role">What it stands for, hence its colour.</param>
/// <param name="X">How far right.</param>
/// <param name="Y">How high.</param>
public sealed record Point(string Name, Role Role, double X, double Y)
{
    /// <summary>The ends of the interval around <see cref="Y"/>, if there is one.</summary>
    public (double Low, double High)? Interval { get; init; }
}
