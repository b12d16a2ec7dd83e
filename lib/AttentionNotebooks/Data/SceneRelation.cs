namespace AttentionNotebooks;

/// <summary>Where one object lies, seen from another.</summary>
/// <param name="Words">How it is said.</param>
/// <param name="Holds">Whether it is true of two boxes, the first seen from the second.</param>
public sealed record SceneRelation(string Words, Func<Box, Box, bool> Holds)
{
    /// <summary>All of them. Of two boxes that do not overlap, one or two are true.</summary>
    public static IReadOnlyList<SceneRelation> All { get; } =
    [
        new("above", (a, b) => a.Bottom <= b.Top),
        new("below", (a, b) => a.Top >= b.Bottom),
        new("left of", (a, b) => a.Right <= b.Left),
        new("right of", (a, b) => a.Left >= b.Right),
    ];
}
