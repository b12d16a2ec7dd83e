using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>
/// Figures one after the other in one place, moved by a slider or played: a temperature that falls, glimpses over time, an alignment that grows word by word.
/// Where no script runs, the one it starts with stands still.
/// </summary>
/// <param name="stepName">What changes from one to the next: “temperature τ”.</param>
/// <param name="steps">At least one figure, each with its value of what changes. Give them the same axes; titles and captions are the sequence's own.</param>
public sealed class FigureSequence(string stepName, params IEnumerable<(string Label, Figure Figure)> steps) : Figure
{
    /// <summary>The figures, in order.</summary>
    public IReadOnlyList<(string Label, Figure Figure)> Steps { get; } = RequireAny([.. steps]);

    /// <summary>Which one it starts with, from 0; the last unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of this number.</exception>
    public int Start
    {
        get => field < 0 ? Steps.Count - 1 : field;
        init => field = value >= 0 && value < Steps.Count ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"There are {Steps.Count} figures, counted from 0.");
    } = -1;

    /// <summary>What changes from one figure to the next.</summary>
    internal string StepName => stepName;

    internal override FigureSize Size => Steps[Start].Figure.Size with { Height = Steps.Max(step => step.Figure.Size.Height) };

    /// <inheritdoc/>
    public override GenericChart ToChart() => Steps[Start].Figure.ToChart();

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() => Steps[Start].Figure.Describe()
        .Prepend($"{stepName} from {Steps[0].Label} to {Steps[^1].Label} in {Steps.Count} steps; at {Steps[Start].Label}");

    private static (string Label, Figure Figure)[] RequireAny((string Label, Figure Figure)[] steps) =>
        steps.Length > 0 ? steps : throw new ArgumentException("A sequence needs at least one figure.", nameof(steps));
}
