namespace Microsoft.DotNet.Interactive;

/// <summary>A piece of HTML.</summary>
/// <param name="content">The HTML, shown as it is.</param>
public sealed class HtmlContent(string content)
{
    /// <summary>The HTML.</summary>
    public string ToHtml() => content;

    /// <summary>The HTML as text.</summary>
    public override string ToString() => content;
}
