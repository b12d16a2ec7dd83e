using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookHost.Tests;

/// <summary>Every notebook of the series is built alike, so that who has read one finds their way in all.</summary>
public sealed partial class NotebookAnatomyTests
{
    private const string Library = "#r \"../lib/AttentionNotebooks/bin/Release/net10.0/AttentionNotebooks.dll\"\nusing AttentionNotebooks;";
    private const int MostLines = 26, LongestLine = 104, MostWordsInAParagraph = 110;

    private static readonly string[] _series =
    [
        "01-hard-and-soft-in-five-minutes", "02-scores", "03-distributions", "04-translation", "05-captioning-soft", "06-the-broken-gradient", "07-variance-lab",
        "08-recurrent-visual-attention", "09-captioning-hard", "10-speech-and-monotonic-attention", "11-reasons", "12-hybrids", "13-adaptive-attention", "14-performance", "15-verdict",
    ];

    private static readonly string _folder = Path.Combine(Series.Repository, "notebooks");
    private static readonly Lazy<Bibliography> _bibliography = new(() => Bibliography.Read(Path.Combine(_folder, "references.bib")));
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UseMathematics().UsePipeTables().Build();

    public static TheoryData<string> Notebooks => [.. Present];

    private static IEnumerable<string> Present => Directory.GetFiles(_folder, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [Fact]
    public void The_series_is_whole_and_there_is_no_notebook_beside_it() => Assert.Equal(_series, Present);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_readme_shows_it_with_a_picture_a_question_and_minutes(string name)
    {
        string title = Texts(name)[0].Split('\n')[0].Split(" · ")[1];
        string line = Assert.Single(File.ReadLines(Path.Combine(Series.Repository, "README.md")), line => line.Contains($"**{name[..2]}** ", StringComparison.Ordinal) && line.StartsWith('|'));

        Assert.Contains($"[![{title}](notebooks/images/{name[..2]}.png)](notebooks/{name}.ipynb)", line, StringComparison.Ordinal);
        Assert.Contains($"[{title}](notebooks/{name}.ipynb) | ", line, StringComparison.Ordinal);
        Assert.Matches(@"\? \| \d+ to read, \d+ to run \|$", line);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "images", $"{name[..2]}.png")).Length, 1, 30_000);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_says_what_it_teaches_how_long_it_takes_and_what_it_needs(string name)
    {
        string opening = Texts(name)[0];
        Assert.StartsWith($"# {int.Parse(name[..2], System.Globalization.CultureInfo.InvariantCulture)} · ", opening, StringComparison.Ordinal);
        Assert.Contains("**You will learn**", opening, StringComparison.Ordinal);
        Assert.InRange(opening.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)), 3, 6);
        Assert.Contains("**Time:**", opening, StringComparison.Ordinal);
        Assert.Contains("**You need:**", opening, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_loads_the_library_once_and_nothing_else(string name)
    {
        string[] cells = [.. Read(name).CodeCells.Select(cell => cell.Source)];
        Assert.StartsWith(Library, cells[0], StringComparison.Ordinal);
        Assert.Contains("RunProfile.Begin()", cells[0], StringComparison.Ordinal);
        Assert.Single(cells, cell => cell.Contains("#r", StringComparison.Ordinal));
        Assert.DoesNotContain(cells, cell => cell.Contains("nuget", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_cells_fit_on_a_screen_and_leave_loops_to_the_library(string name)
    {
        foreach (NotebookCell cell in Read(name).CodeCells)
        {
            string[] lines = cell.Source.Split('\n');
            Assert.True(lines.Length <= MostLines && lines.All(line => line.Length <= LongestLine), $"{name}: a cell is too long or too wide:\n{cell.Source}");
            Assert.False(LoopPattern().IsMatch(cell.Source), $"{name}: a loop in a cell:\n{cell.Source}");
        }
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Text_comes_in_small_pieces(string name)
    {
        foreach (ParagraphBlock paragraph in Texts(name).SelectMany(text => Markdown.Parse(text, _pipeline).Descendants<ParagraphBlock>()))
            Assert.True(Words(paragraph) <= MostWordsInAParagraph, $"{name}: a wall of text: {Plain(paragraph)}");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_asks_before_it_shows_and_ends_with_exercises_questions_and_references(string name)
    {
        string all = string.Join("\n\n", Texts(name));
        Assert.Contains("**What do you expect", all, StringComparison.Ordinal);
        int[] places = [.. new[] { "## What did we see?", "## Try it yourself", "## Five questions to check yourself", "## References" }.Select(heading => all.IndexOf("\n" + heading, StringComparison.Ordinal))];
        Assert.True(places[0] > 0 && places.SequenceEqual(places.Order()), $"{name}: the last sections are not there, or not in their order.");

        string exercises = all[places[1]..places[2]], questions = all[places[2]..places[3]];
        int count = ExercisePattern().Count(exercises);
        Assert.InRange(count, 3, 8);
        Assert.Equal(count, exercises.Split("<details>").Length - 1);
        Assert.InRange(WorkedAnswers.Of(Read(name)).Count, 3, 12);
        Assert.Equal(["1", "2", "3", "4", "5", "1", "2", "3", "4", "5"], NumberPattern().Matches(questions).Select(match => match.Groups["number"].Value));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_references_are_in_the_bibliography(string name)
    {
        string references = string.Join('\n', Texts(name)).Split("\n## References", 2)[1];
        string[] entries = [.. references.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))];
        Assert.NotEmpty(entries);
        foreach (string entry in entries)
        {
            string key = KeyPattern().Match(entry).Groups["key"].Value;
            Assert.True(_bibliography.Value.TryGet(key, out Reference? reference), $"{name}: no entry of references.bib is named at the end of: {entry}");
            Assert.Contains(reference.Title, entry, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(reference.Year, entry, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_links_lead_somewhere(string name)
    {
        string[] targets = [.. Texts(name).SelectMany(text => Markdown.Parse(text, _pipeline).Descendants<LinkInline>()).Select(link => link.Url!).Where(url => !url.Contains("://", StringComparison.Ordinal) && url[0] != '#')];
        foreach (string target in targets.Select(target => target.Split('#')[0]))
        {
            bool isToCome = Present.Count() < _series.Length && _series.Contains(Path.GetFileNameWithoutExtension(target), StringComparer.Ordinal);
            Assert.True(isToCome || Path.Exists(Path.Combine(_folder, target)), $"{name}: {target} is not there.");
        }

        int place = Array.IndexOf(_series, name);
        string last = Texts(name)[^1].TrimEnd().Split('\n')[^1];
        if (place > 0)
            Assert.Matches($@"\*\*Previous:\*\* \[[^]]+\]\({_series[place - 1]}\.ipynb\)", last);
        if (place < _series.Length - 1)
            Assert.Matches($@"\*\*Next:\*\* \[[^]]+\]\({_series[place + 1]}\.ipynb\)", last);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_figure_says_what_to_see(string name)
    {
        string[] figures = [.. Figures(name)];
        Assert.True(figures.Length >= 3, $"{name} has {figures.Length} figures.");
        Assert.All(figures, html => Assert.Contains("<figcaption", html, StringComparison.Ordinal));
        Assert.All(figures, html => Assert.True(LabelPattern().Match(html).Groups["label"].Length > 20, "A figure says too little to who cannot see it."));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Something_in_it_moves(string name)
    {
        Assert.Contains(Figures(name), html => html.Contains("\"steps\":[", StringComparison.Ordinal));
    }

    /// <summary>A measured number in the text is one that a cell has printed: shares and decimals, the only ones that a run could change.</summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Numbers_in_its_text_come_from_its_cells(string name)
    {
        string printed = string.Join('\n', Outputs(name).Select(output => MultilineText.Read(output["text"] ?? output["data"]?["text/plain"])));
        string[] sources = [.. Read(name).CodeCells.Select(cell => cell.Source)];
        IEnumerable<string> typed = Texts(name)
            .SelectMany(text => Markdown.Parse(text, _pipeline).Descendants<ParagraphBlock>())
            .SelectMany(paragraph => MeasuredPattern().Matches(Plain(paragraph)).Select(match => match.Value))
            .Where(number => number is not "95 %" and not "100 %" and not "0 %" && !printed.Contains(number, StringComparison.Ordinal) && !sources.Any(source => source.Contains(number, StringComparison.Ordinal)));
        Assert.True(!typed.Any(), $"{name}: typed, and printed by no cell: {string.Join(", ", typed)}");
    }

    private static Notebook Read(string name) => NotebookReader.Read(Path.Combine(_folder, name + ".ipynb"));

    private static string[] Texts(string name) => [.. Read(name).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source)];

    private static IEnumerable<string> Figures(string name) =>
        Outputs(name).Select(output => MultilineText.Read(output["data"]?["text/html"]) ?? "").Where(html => html.Contains("class=\"attention-figure\"", StringComparison.Ordinal));

    private static IEnumerable<JsonObject> Outputs(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, name + ".ipynb")))!["cells"]!.AsArray()
        .SelectMany(cell => cell!["outputs"]?.AsArray() ?? []).Select(output => output!.AsObject());

    // Without code and formulas.
    private static string Plain(ParagraphBlock paragraph) => string.Concat(paragraph.Inline?.Descendants<LiteralInline>().Select(text => text.Content.ToString()) ?? []);

    private static int Words(ParagraphBlock paragraph) => Plain(paragraph).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    [GeneratedRegex(@"^\s*(for|foreach|while|do)\b\s*[({]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LoopPattern();

    [GeneratedRegex(@"^\*\*\d+\.\*\* ", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ExercisePattern();

    [GeneratedRegex(@"^(?<number>\d)\. ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"`(?<key>[a-z0-9]+)`$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex("aria-label=\"(?<label>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\d+(\.\d+)? %|\d+\.\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MeasuredPattern();
}
