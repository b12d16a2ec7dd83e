using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NotebookHost.Tests;

public sealed class PageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("$$ a\n= b$$", 1)]
    [InlineData("$$a$$ and $b$", 2)]
    [InlineData("over $a\n\\cdot b$ lines", 1)]
    [InlineData("costs $5 and $ 6 $", 0)]
    [InlineData(@"a \$x\$ b", 0)]
    [InlineData("`$a$`", 0)]
    [InlineData("$a_1$ and _b_ and $c_1$", 2)]
    public void Formulas_are_found_where_notebooks_have_them(string markdown, int count) =>
        Assert.Equal(count, Page(markdown).QuerySelectorAll("math").Length);

    [Fact]
    public void A_comma_stays_with_its_formula() =>
        Assert.Equal("<span class=\"inline-formula\">,</span> and", System.Text.RegularExpressions.Regex.Replace(Page("$x$, and").QuerySelector(".markdown p")!.InnerHtml, "<math.*</math>", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

    [Fact]
    public void A_formula_that_nothing_closes_is_an_error() =>
        Assert.Contains("nothing closes", Assert.Throws<MalformedNotebookException>(() => Page("see $$ x")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_a_text_holds_is_never_read_as_a_template() =>
        Assert.Equal("{{style}} {{unknown}}", Page("{{style}} {{unknown}}").QuerySelector(".markdown p")!.TextContent);

    [Fact]
    public void Csharp_between_fences_is_coloured() =>
        Assert.Equal("var", Page("```csharp\nvar x = 1;\n```").QuerySelector(".markdown pre .keyword")!.TextContent);

    [Fact]
    public void Ids_of_headings_are_unique_over_all_cells_and_never_empty()
    {
        string path = Cells.Write(_folder.Path, "ids", Cells.Markdown("# Contents\n## A b!\n## $x$\n## !!!"), Cells.Markdown("## A b?\n## ???"));
        IDocument page = new HtmlParser().ParseDocument(NotebookPage.ToHtml(NotebookReader.Read(path), null, null));
        Assert.Equal(["contents-2", "a-b", "x", "section", "a-b-2", "section-2"], page.QuerySelectorAll("h1, h2").Select(heading => heading.Id));
    }

    [Fact]
    public void The_index_reloads_while_something_is_to_come()
    {
        Notebook notebook = NotebookReader.Read(Cells.Write(_folder.Path, "waiting", Cells.Markdown("# <b>")));
        IDocument index = new HtmlParser().ParseDocument(IndexPage.ToHtml([new NotebookRun(notebook)]));
        Assert.NotNull(index.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Equal("<b>", index.QuerySelector(".name")!.TextContent);
        Assert.Null(index.QuerySelector(".name a"));
        Assert.Equal("waiting", index.QuerySelector(".state")!.TextContent);
    }

    private IDocument Page(string markdown)
    {
        string path = Cells.Write(_folder.Path, "page", Cells.Markdown(markdown));
        return new HtmlParser().ParseDocument(NotebookPage.ToHtml(NotebookReader.Read(path), null, null));
    }
}
