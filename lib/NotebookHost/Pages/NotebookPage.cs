using System.Globalization;
using System.Text;

namespace NotebookHost;

/// <summary>A notebook as one page to read: needs nothing from the network, and no file but the shared plotly.js beside it.</summary>
internal static class NotebookPage
{
    /// <param name="notebook">With the outputs to show.</param>
    /// <param name="previous">The page before this one, if there is one.</param>
    /// <param name="next">The page after this one, if there is one.</param>
    public static string ToHtml(Notebook notebook, Notebook? previous, Notebook? next)
    {
        var markdown = new MarkdownRenderer(notebook);
        string body = Body(notebook, markdown);
        return Resource.Fill("page.html", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = HtmlText.Encode(notebook.Title),
            ["style"] = Resource.Read("page.css"),
            ["plotly"] = body.Contains("Plotly", StringComparison.Ordinal) ? $"<script src=\"{ArtifactFolder.PlotlyFile}\" charset=\"utf-8\"></script>" : "",
            ["navigation"] = Navigation(previous, next),
            ["body"] = WithContents(body, Contents(markdown.Headings)),
        });
    }

    private static string Body(Notebook notebook, MarkdownRenderer markdown)
    {
        var body = new StringBuilder();
        int number = 0;
        foreach (NotebookCell cell in notebook.Cells)
        {
            body.Append(cell.Kind switch
            {
                CellKind.Markdown => $"<section class=\"markdown\">\n{markdown.ToHtml(cell)}</section>\n",
                CellKind.Code => Code(cell, ++number),
                _ => $"<pre class=\"raw\">{HtmlText.Encode(cell.Source)}</pre>\n",
            });
        }

        return body.ToString();
    }

    /// <summary>The contents stand below the title, or first where there is none.</summary>
    private static string WithContents(string body, string contents)
    {
        const string TitleEnd = "</h1>";
        int title = body.IndexOf(TitleEnd, StringComparison.Ordinal);
        return body.Insert(title < 0 ? 0 : title + TitleEnd.Length, contents);
    }

    private static string Code(NotebookCell cell, int number)
    {
        var outputs = new StringBuilder();
        foreach (var output in cell.Outputs)
            outputs.Append("<div class=\"output\">").Append(OutputHtml.Of(output)).Append("</div>\n");
        string state = cell.ExecutionCount is null ? " waiting" : "";
        return $"<section class=\"code{state}\" id=\"In-{number}\" data-cell=\"{number}\">\n<pre class=\"source\" tabindex=\"0\"><code>{CodeHighlighter.ToHtml(cell.Source)}</code></pre>\n{outputs}</section>\n";
    }

    private static string Contents(IReadOnlyList<PageHeading> headings)
    {
        PageHeading[] listed = [.. headings.Where(heading => heading.Level is 2 or 3)];
        if (listed.Length < 2)
            return "";
        var items = new StringBuilder();
        foreach (PageHeading heading in listed)
            items.Append(CultureInfo.InvariantCulture, $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{HtmlText.Encode(heading.Text)}</a></li>\n");
        return $"<details id=\"contents\"><summary>Contents</summary>\n<ol>\n{items}</ol></details>";
    }

    private static string Navigation(Notebook? previous, Notebook? next) =>
        $"{Link(previous, "prev", "←")}<a class=\"index\" href=\"index.html\">All notebooks</a>{Link(next, "next", "→")}";

    private static string Link(Notebook? notebook, string relation, string arrow)
    {
        if (notebook is null)
            return $"<span class=\"{relation}\"></span>";
        string title = HtmlText.Encode(notebook.Title);
        string text = relation is "prev" ? $"{arrow} {title}" : $"{title} {arrow}";
        return $"<a class=\"{relation}\" rel=\"{relation}\" href=\"{Uri.EscapeDataString(notebook.Name)}.html\">{text}</a>";
    }
}
