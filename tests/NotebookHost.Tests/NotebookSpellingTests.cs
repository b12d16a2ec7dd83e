using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookHost.Tests;

/// <summary>Every word of the notebooks' text is in the list beside them: who writes a new one looks at it twice, and adds it.</summary>
public sealed partial class NotebookSpellingTests
{
    private static readonly string _folder = Path.Combine(Series.Repository, "notebooks");
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UseMathematics().UsePipeTables().Build();
    private static readonly Lazy<HashSet<string>> _known = new(() => File.ReadLines(Path.Combine(_folder, "words.txt")).Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.OrdinalIgnoreCase));

    public static TheoryData<string> Texts => [.. Directory.GetFiles(_folder).Where(path => path.EndsWith(".ipynb", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Its_words_are_in_the_list(string name)
    {
        string[] unknown = [.. Words(name).Where(word => !_known.Value.Contains(word)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        Assert.True(unknown.Length == 0, $"{name} has words that notebooks/words.txt has not. Right? Then add them:\n{string.Join('\n', unknown)}");
    }

    [Fact]
    public void The_list_is_in_order_and_has_no_word_twice()
    {
        string[] words = [.. File.ReadLines(Path.Combine(_folder, "words.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        Assert.Equal(words.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase), words);
    }

    private static IEnumerable<string> Words(string name) => Markdowns(Path.Combine(_folder, name))
        .SelectMany(text => Markdown.Parse(text, _pipeline).Descendants<LiteralInline>())
        .SelectMany(text => WordPattern().Matches(text.Content.ToString()).Select(match => match.Value));

    private static IEnumerable<string> Markdowns(string path) => path.EndsWith(".md", StringComparison.Ordinal)
        ? [File.ReadAllText(path)]
        : NotebookReader.Read(path).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source);

    // With its apostrophe, without what belongs to no word: “Bahdanau's”, “teacher-forced” as two.
    [GeneratedRegex(@"\p{L}[\p{L}\p{M}]*(['’]\p{L}+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WordPattern();
}
