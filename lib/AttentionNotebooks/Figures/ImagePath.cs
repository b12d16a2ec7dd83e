namespace AttentionNotebooks;

/// <summary>A way over an image, from stop to stop, in its pixels from the top left corner; the last stop is the largest.</summary>
/// <param name="Stops">Where it leads, in order: how far right, how far down.</param>
/// <param name="Role">What it stands for: its colour.</param>
/// <param name="Name">What a key under the pictures says of ways like this one; empty for no entry.</param>
public sealed record ImagePath(IReadOnlyList<(double X, double Y)> Stops, Role Role = Role.Hard, string Name = "");
