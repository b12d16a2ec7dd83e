using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NotebookHost;

/// <summary><c>$…$</c> in a line of text.</summary>
internal sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline obj) =>
        renderer.Write(TexFormula.ToMathMl(obj.Content.ToString(), display: obj.DelimiterCount == 2));
}

/// <summary><c>$$…$$</c> on lines of its own.</summary>
internal sealed class MathBlockRenderer : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock obj)
    {
        renderer.EnsureLine();
        renderer.Write("<div class=\"formula\">").Write(TexFormula.ToMathMl(obj.Lines.ToString(), display: true)).WriteLine("</div>");
    }
}
