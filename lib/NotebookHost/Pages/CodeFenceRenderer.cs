using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace NotebookHost;

/// <summary>C# between fences looks as it does in a cell.</summary>
internal sealed class CodeFenceRenderer : CodeBlockRenderer
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        if (obj is not FencedCodeBlock { Info: "csharp" or "cs" or "c#" or "C#" })
        {
            base.Write(renderer, obj);
            return;
        }

        renderer.EnsureLine();
        renderer.Write("<pre tabindex=\"0\"><code>").Write(CodeHighlighter.ToHtml(obj.Lines.ToString())).WriteLine("</code></pre>");
    }
}
