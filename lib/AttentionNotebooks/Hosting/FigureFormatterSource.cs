namespace AttentionNotebooks;

/// <summary>Makes the formatters of a <see cref="Figure"/>: HTML for notebooks and pages, text for a terminal.</summary>
public sealed class FigureFormatterSource
{
    /// <summary>The formatters, best first.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FigureFormatter("text/html", figure => figure.ToHtml()),
        new FigureFormatter("text/plain", figure => figure.ToString()),
    ];
}
