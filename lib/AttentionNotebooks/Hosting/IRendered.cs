namespace AttentionNotebooks;

/// <summary>Something that shows itself in a notebook: as HTML there, as <see cref="object.ToString"/> in a terminal.</summary>
/// <remarks>A class that implements it also carries <see cref="TypeFormatterSourceAttribute"/> with <see cref="RenderedFormatterSource"/>, which is how hosts find out.</remarks>
public interface IRendered
{
    /// <summary>The HTML fragment.</summary>
    string ToHtml();
}
