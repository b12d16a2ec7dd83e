using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookHost;

/// <summary>Markdown cells as HTML: anchors at headings, formulas as MathML, pictures inside the page, links from page to page.</summary>
internal sealed class MarkdownRenderer(Notebook notebook)
{
    private static readonly MarkdownPipeline _pipeline = BuildPipeline();
    private readonly PageIds _ids = new();
    private readonly List<PageHeading> _headings = [];

    public IReadOnlyList<PageHeading> Headings => _headings;

    /// <exception cref="MalformedNotebookException">A formula cannot be shown.</exception>
    public string ToHtml(NotebookCell cell)
    {
        MarkdownDocument document = Markdown.Parse(cell.Source, _pipeline);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>().ToList())
            AddAnchor(heading);
        foreach (LinkInline link in document.Descendants<LinkInline>())
            link.Url = link.IsImage ? EmbeddedImage.Address(notebook, cell, link.Url) : PageAddress(link.Url);

        if (document.Descendants<LiteralInline>().Any(text => text.Content.AsSpan().Contains("$$", StringComparison.Ordinal)))
            throw Malformed(cell, "has a $$ that nothing closes. Close it, or write \\$\\$ for two dollar signs.");

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathInlineRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new MathBlockRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeFenceRenderer());
        try
        {
            renderer.Render(document);
        }
        catch (TexException exception)
        {
            throw Malformed(cell, $"has a formula that cannot be shown: {exception.Message}. Write it with commands that lib/NotebookHost/Pages/TexFormula.cs knows, or teach it this one.", exception);
        }

        return writer.ToString();
    }

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder();
        // Before the extension, which then keeps to the parser that is there.
        builder.InlineParsers.Insert(0, new FormulaParser());
        return builder.UsePipeTables().UseMathematics().UseEmphasisExtras().Build();
    }

    private MalformedNotebookException Malformed(NotebookCell cell, string wrong, Exception? inner = null)
    {
        int number = notebook.Cells.TakeWhile(other => other != cell).Count() + 1;
        return new MalformedNotebookException(notebook.Path, $"cell {number} of all {notebook.Cells.Count}, a Markdown cell, {wrong}", inner);
    }

    private void AddAnchor(HeadingBlock heading)
    {
        string text = PlainText(heading);
        string id = _ids.For(text);
        heading.GetAttributes().Id = id;
        heading.Inline?.AppendChild(new HtmlInline($" <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a>"));
        _headings.Add(new PageHeading(heading.Level, id, text));
    }

    private static string PlainText(HeadingBlock heading) => string.Concat((heading.Inline?.Descendants<LeafInline>() ?? []).Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline math => math.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    })).Trim();

    /// <summary>A link to a notebook of the series leads to its page here.</summary>
    private static string? PageAddress(string? url)
    {
        const string Extension = ".ipynb";
        if (url is null || Uri.TryCreate(url, UriKind.Absolute, out _) || url.Contains('/', StringComparison.Ordinal))
            return url;
        string[] parts = url.Split('#', 2);
        return parts[0].EndsWith(Extension, StringComparison.Ordinal) ? $"{parts[0][..^Extension.Length]}.html{(parts.Length > 1 ? "#" + parts[1] : "")}" : url;
    }
}
