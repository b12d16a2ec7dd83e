using System.Text.Json.Nodes;
using Markdig;
using Markdig.Syntax;

namespace NotebookHost;

/// <summary>The worked answers to a notebook's exercises: C# in the collapsed blocks of its text, which no run of the cells reaches.</summary>
internal static class WorkedAnswers
{
    private const string Heading = "## The worked answers";

    /// <summary>The code of each answer, in order.</summary>
    public static IReadOnlyList<string> Of(Notebook notebook) =>
        [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => Of(cell.Source))];

    /// <summary>The notebook as it runs with its answers: each a cell after the last of its own. Its file stays as it is.</summary>
    public static Notebook AppendTo(Notebook notebook)
    {
        IReadOnlyList<string> answers = Of(notebook);
        return answers.Count == 0 ? notebook : notebook.FollowedBy([
            Cell("markdown", "answers", Heading),
            .. answers.Select((code, i) => Cell("code", $"answer-{i + 1}", code))]);
    }

    private static IEnumerable<string> Of(string markdown)
    {
        bool collapsed = false;
        foreach (Block block in Markdown.Parse(markdown))
        {
            if (block is HtmlBlock html)
                collapsed = Opens(html.Lines.ToString(), collapsed);
            else if (collapsed && block is FencedCodeBlock { Info: "csharp" } code)
                yield return code.Lines.ToString();
        }
    }

    // A block may end one and begin the next.
    private static bool Opens(string html, bool already)
    {
        int opened = html.LastIndexOf("<details", StringComparison.OrdinalIgnoreCase), closed = html.LastIndexOf("</details", StringComparison.OrdinalIgnoreCase);
        return opened < 0 && closed < 0 ? already : opened > closed;
    }

    private static JsonObject Cell(string kind, string id, string source) => new()
    {
        ["cell_type"] = kind,
        ["id"] = id,
        ["metadata"] = new JsonObject(),
        ["source"] = source,
    };
}
