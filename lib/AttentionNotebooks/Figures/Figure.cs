using System.Text;
using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>
/// A chart with the words that belong to it. End a cell with one: every host renders it, by convention and without a reference
/// (.NET Interactive and our host through <see cref="TypeFormatterSourceAttribute"/>, Verso through <see cref="ToHtml"/>, a terminal through <see cref="ToString"/>).
/// </summary>
/// <remarks>The chart is drawn when it is shown, so that a figure that nobody looks at costs nothing.</remarks>
[TypeFormatterSource(typeof(RenderedFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public abstract class Figure : IRendered
{
    /// <summary>The heading over the chart; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The sentence under the chart: what it shows and what to look for; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>What a reader who cannot see the chart should know. Written from the data unless it is given.</summary>
    public string AlternativeText
    {
        get => field ?? string.Join(" ", new[] { Title.Length > 0 ? Title + "." : "", string.Join("; ", Describe()) + "." }.Where(part => part.Length > 0));
        init;
    }

    /// <summary>How large the figure is drawn.</summary>
    internal abstract FigureSize Size { get; }

    /// <summary>Draws the figure as a Plotly.NET chart, of which the caller may do as they like.</summary>
    public abstract GenericChart ToChart();

    /// <summary>The chart in words, one line for each thing that it shows.</summary>
    public abstract IEnumerable<string> Describe();

    /// <summary>
    /// The figure as an HTML fragment without plotly.js (see <see cref="PlotlyScript"/>): it draws with the page's copy, or loads one.
    /// The same figure gives the same text, in every run.
    /// </summary>
    public string ToHtml() => FigureHtml.Write(this);

    /// <summary>The figure as text: title, what it shows, caption.</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        if (Title.Length > 0)
            text.Append(Title).Append('\n');
        foreach (string line in Describe())
            text.Append("  ").Append(line).Append('\n');
        if (Caption.Length > 0)
            text.Append(Caption).Append('\n');
        return text.ToString().TrimEnd('\n');
    }
}
