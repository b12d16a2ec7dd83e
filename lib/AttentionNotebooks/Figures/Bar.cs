namespace AttentionNotebooks;

/// <summary>One bar of a <see cref="BarComparison"/>.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Role">What it stands for, hence its colour.</param>
/// <param name="Value">How high; at least 0.</param>
/// <param name="Low">Lower end of the interval around the value, if there is one.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record Bar(string Name, Role Role, double Value, double? Low = null, double? High = null)
{
    /// <summary>The single runs, one a seed, drawn as dots.</summary>
    public IReadOnlyList<double> Runs { get; init; } = [];

    /// <summary>The highest thing drawn for this bar.</summary>
    internal double Top => Runs.Append(High ?? Value).Append(Value).Max();
}
