using System.Globalization;
using System.Net;
using System.Text;

namespace AttentionNotebooks;

/// <summary>A small drawing in SVG 1.1, black on white, which web pages show as it is. Lengths are in CSS pixels, from the top left corner.</summary>
/// <param name="width">How wide.</param>
/// <param name="height">How high.</param>
internal sealed class SvgDrawing(int width, int height)
{
    private readonly StringBuilder body = new();

    /// <summary>Writes text.</summary>
    /// <param name="x">Where it begins, has its middle, or ends.</param>
    /// <param name="y">Its baseline.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">The height of the font, at least 12.</param>
    /// <param name="bold">Whether it stands out.</param>
    public void Text(double x, double y, string text, string anchor = "start", int size = 13, bool bold = false) =>
        Runs(x, y, [(text, null)], anchor, size, bold);

    /// <summary>Writes text of which some runs have a colour.</summary>
    public void Runs(double x, double y, IEnumerable<(string Text, string? Colour)> runs, string anchor = "start", int size = 13, bool bold = false)
    {
        body.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{(bold ? " font-weight=\"bold\"" : "")}>"));
        foreach (var (text, colour) in runs)
            body.Append(colour is null ? Escaped(text) : $"<tspan fill=\"{colour}\" font-weight=\"bold\">{Escaped(text)}</tspan>");
        body.Append("</text>\n");
    }

    /// <summary>Fills a rectangle.</summary>
    public void Rectangle(double x, double y, double wide, double high, string colour) =>
        body.Append(Invariant($"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{wide:0.##}\" height=\"{high:0.##}\" fill=\"{colour}\"/>\n"));

    /// <summary>Draws a line from point to point.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double thickness = 1) =>
        body.Append(Invariant($"<polyline points=\"{string.Join(' ', points.Select(p => Invariant($"{p.X:0.##},{p.Y:0.##}")))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness:0.##}\"/>\n"));

    /// <summary>Lays a picture into a rectangle, its pixels with sharp edges.</summary>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="wide">Width.</param>
    /// <param name="high">Height.</param>
    /// <param name="address">The picture, as <see cref="PngImage.DataAddress"/> gives it.</param>
    public void Picture(double x, double y, double wide, double high, string address) => body.Append(Invariant(
        $"<image x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{wide:0.#}\" height=\"{high:0.#}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"{address}\"/>\n"));

    /// <summary>The file, in UTF-8.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes(Invariant(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" fill=\"#222222\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n{body}</svg>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
