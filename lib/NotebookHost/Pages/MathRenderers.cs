using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace NotebookHost;

/// <summary><c>$…$</c> in a line of text.</summary>
internal sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
{
    private const string Punctuation = ",.;:!?)";

    protected override void Write(HtmlRenderer renderer, MathInline obj)
    {
        bool display = obj.DelimiterCount == 2;
        string math = TexFormula.ToMathMl(obj.Content.ToString(), display);
        renderer.Write(display ? $"<span class=\"formula\">{math}</span>" : $"<span class=\"inline-formula\">{math}{TakePunctuation(obj.NextSibling)}</span>");
    }

    /// <summary>A line may break between a formula and the comma after it, so the comma moves in.</summary>
    private static string TakePunctuation(Inline? after)
    {
        if (after is not LiteralInline text)
            return "";
        string taken = new([.. text.Content.ToString().TakeWhile(Punctuation.Contains)]);
        text.Content.Start += taken.Length;
        return taken;
    }
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
