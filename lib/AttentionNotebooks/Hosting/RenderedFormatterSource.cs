namespace AttentionNotebooks;

/// <summary>Makes the formatters of everything <see cref="IRendered"/>: HTML for notebooks and pages, text for a terminal.</summary>
public sealed class RenderedFormatterSource
{
    /// <summary>The formatters, best first.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new RenderedFormatter("text/html", rendered => rendered.ToHtml()),
        new RenderedFormatter("text/plain", rendered => rendered.ToString() ?? ""),
    ];
}
