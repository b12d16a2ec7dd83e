using System.Globalization;

namespace AttentionNotebooks;

/// <summary>What a task measures.</summary>
/// <param name="Name">Its name, by which results have it.</param>
/// <param name="Higher">Whether more is better.</param>
/// <param name="Share">Whether it is a share in 0..1, to be shown in percent.</param>
public sealed record Metric(string Name, bool Higher = true, bool Share = true)
{
    /// <summary>A value of it, as tables show it.</summary>
    /// <param name="value">The value; not a number where it was not measured.</param>
    public string Text(double value) => double.IsNaN(value) ? "–" : Share
        ? (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " %"
        : value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>Is one value better than another?</summary>
    /// <param name="value">The one.</param>
    /// <param name="other">The other.</param>
    public bool IsBetter(double value, double other) => Higher ? value > other : value < other;
}
