using System.Text.Json.Nodes;
using AngleSharp.Dom;

namespace NotebookHost.Tests;

public sealed class SeriesTests(SeriesFixture series) : IClassFixture<SeriesFixture>
{
    private static readonly string[] _names = ["01-good", "02-fails", "03-misspelt", "04-exits", "05-crashes", "06-thread", "07-lingers"];

    public static TheoryData<string> Names => [.. _names];

    [Fact]
    public void A_failing_cell_gives_exit_code_1() => Assert.Equal((int)ExitCode.CellFailed, series.Host.ExitCode);

    [Theory]
    [InlineData("02-fails.ipynb: cell 2, line 3: DivideByZeroException: Attempted to divide by zero.")]
    [InlineData("03-misspelt.ipynb: cell 1, line 2: CompilationError: CS0103: The name 'Nowhere' does not exist")]
    [InlineData("04-exits.ipynb: cell 2: ProcessEnded: the notebook's process ended (exit code 0: a cell called Environment.Exit)")]
    [InlineData("05-crashes.ipynb: cell 1: ProcessEnded: the notebook's process ended (exit code ")]
    [InlineData("06-thread.ipynb: cell 1, line 1: InvalidOperationException: on a thread")]
    public void The_error_names_notebook_cell_line_and_message(string expected) => Assert.Contains(expected, series.Host.Error, StringComparison.Ordinal);

    [Fact]
    public void Plain_lines_tell_how_far_the_run_is()
    {
        Assert.Matches(@"01-good  starting", series.Host.Output);
        Assert.Matches(@"01-good  done in \d\d:\d\d", series.Host.Output);
        Assert.Matches(@"02-fails  failed at cell 2", series.Host.Output);
        Assert.DoesNotContain("\u001b", series.Host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_executed_notebook_is_valid(string name) => NbFormat.AssertValid(series.Executed(name));

    [Fact]
    public void What_was_shown_before_a_failure_is_kept_and_what_follows_is_not_run()
    {
        Assert.Equal("before", Text(Assert.Single(series.Outputs("02-fails", 1))!["text"]));
        Assert.Equal("DivideByZeroException", (string)Assert.Single(series.Outputs("02-fails", 2))!["ename"]!);
        Assert.Empty(series.Outputs("02-fails", 3));
        Assert.Equal("said", Text(series.Outputs("05-crashes", 1)[0]!["text"]));
        Assert.Contains("fell over", series.Outputs("05-crashes", 1)[1]!["traceback"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("said", Text(Assert.Single(series.Outputs("04-exits", 1))!["text"]));
    }

    [Fact]
    public void Ten_thousand_lines_are_one_output_in_order()
    {
        JsonNode output = Assert.Single(series.Outputs("01-good", 1))!;
        Assert.Equal(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i}\n")), Text(output["text"]));
    }

    [Fact]
    public void Profile_seed_threads_and_folder_reach_the_notebook()
    {
        string? threads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? $"{Math.Max(1, Environment.ProcessorCount / 2)}";
        Assert.Equal($"full7{threads}notebooks", Text(Assert.Single(series.Outputs("01-good", 2))!["data"]!["text/plain"]));
    }

    [Fact]
    public void Only_the_last_state_of_a_display_stays_even_from_a_later_cell()
    {
        Assert.Equal("last", Text(Assert.Single(series.Outputs("01-good", 3))!["data"]!["text/plain"]));
        Assert.Empty(series.Outputs("01-good", 4));
    }

    [Fact]
    public void Null_shows_nothing() => Assert.Empty(series.Outputs("01-good", 5));

    [Fact]
    public void Any_character_survives()
    {
        const string Expected = "Überraschung 𝔼 \"日本\" \u0001 </script><script>bad()</script>";
        Assert.Equal(Expected, Text(Assert.Single(series.Outputs("01-good", 6))!["text"]));
        Assert.Contains("Überraschung 𝔼 \\\"日本\\\" \\u0001", File.ReadAllText(series.File("01-good.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_cell_writes_past_the_console_disturbs_nothing() => Assert.Empty(series.Outputs("01-good", 7));

    [Fact]
    public void A_thread_that_a_cell_leaves_behind_keeps_nobody() => Assert.Contains("07-lingers  done in", series.Host.Output, StringComparison.Ordinal);

    [Fact]
    public void The_index_tells_each_notebooks_state()
    {
        IDocument index = series.Page("index");
        Assert.Equal(_names, index.QuerySelectorAll(".file").Select(file => Path.GetFileNameWithoutExtension(file.TextContent)));
        Assert.Equal(["done", "failed", "failed", "failed", "failed", "failed", "done"], index.QuerySelectorAll(".notebooks li").Select(item => item.ClassName));
        Assert.Equal("failed at cell 2", index.QuerySelectorAll(".state")[1].TextContent);
        Assert.Contains("cell 2, line 3: DivideByZeroException", index.QuerySelectorAll(".problem")[0].TextContent, StringComparison.Ordinal);
        Assert.Null(index.QuerySelector("meta[http-equiv=refresh]"));
        Assert.All(index.QuerySelectorAll(".name a"), link => Assert.True(File.Exists(series.File(link.GetAttribute("href")!))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_needs_nothing_from_the_network(string name)
    {
        IDocument page = series.Page(name);
        foreach (IElement element in page.QuerySelectorAll("script[src], link[href], img[src], iframe[src]"))
        {
            string address = element.GetAttribute("src") ?? element.GetAttribute("href")!;
            Assert.True(address == ArtifactFolder.PlotlyFile || address.StartsWith("data:", StringComparison.Ordinal), address);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_are_unique_and_links_within_the_page_lead_somewhere(string name)
    {
        IDocument page = series.Page(name);
        Assert.Distinct(page.QuerySelectorAll("[id]").Select(element => element.Id!));
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Fact]
    public void One_plotly_is_in_the_head_of_a_page_with_charts_and_one_beside_all_pages()
    {
        IElement script = Assert.Single(series.Page("01-good").QuerySelectorAll("script[src]"));
        Assert.Equal("HEAD", script.ParentElement!.TagName);
        Assert.True(new FileInfo(series.File(ArtifactFolder.PlotlyFile)).Length > 3_000_000);
        Assert.Empty(series.Page("02-fails").QuerySelectorAll("script"));
    }

    [Fact]
    public void Pages_link_to_their_neighbours_and_the_index()
    {
        IDocument page = series.Page("02-fails");
        Assert.All(page.QuerySelectorAll("a[rel=prev]"), link => Assert.Equal("01-good.html", link.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll("a[rel=next]"), link => Assert.Equal("03-misspelt.html", link.GetAttribute("href")));
        Assert.Equal("Does not <compile> →", page.QuerySelector("a[rel=next]")!.TextContent);
        Assert.Equal(2, page.QuerySelectorAll("a.index[href='index.html']").Length);
        Assert.Null(series.Page("01-good").QuerySelector("a[rel=prev]"));
        Assert.Null(series.Page("07-lingers").QuerySelector("a[rel=next]"));
    }

    [Fact]
    public void Outputs_stand_below_their_cells_and_text_cannot_break_out()
    {
        IDocument page = series.Page("01-good");
        Assert.Equal("bold", page.GetElementById("mine")!.TextContent);
        Assert.Equal("In-9", page.GetElementById("mine")!.Closest("section")!.Id);
        Assert.Null(page.QuerySelector(".broken"));
        Assert.DoesNotContain(page.Scripts, script => script.Text.Contains("bad()", StringComparison.Ordinal));
        Assert.Contains("</script><script>bad()", page.QuerySelector("#In-6 .stream")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_cell_and_those_after_it_are_marked()
    {
        IDocument page = series.Page("02-fails");
        Assert.Contains("Attempted to divide by zero", page.QuerySelector("#In-2 .error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("In[2]: line 3", page.QuerySelector("#In-2 .error pre")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["In-3"], page.QuerySelectorAll("section.waiting").Select(section => section.Id));
    }

    [Fact]
    public void Markdown_becomes_headings_tables_formulas_and_pictures()
    {
        IDocument page = series.Page("01-good");
        Assert.Equal("Title with `code` & <em>more</em>", page.Title);
        Assert.Equal(["what", "what-2"], page.QuerySelectorAll("h2").Select(heading => heading.Id));
        Assert.Equal(["#what", "#what-2"], page.QuerySelectorAll("#contents a").Select(link => link.GetAttribute("href")));
        Assert.Equal(3, page.QuerySelectorAll("math").Length);
        Assert.Single(page.QuerySelectorAll("td math"));
        Assert.Contains("a price of $5 or $6", page.QuerySelector(".markdown p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("soft", page.QuerySelector("details strong")!.TextContent);
        Assert.Equal("02-fails.html#what", page.QuerySelector(".markdown p a")!.GetAttribute("href"));
        Assert.Equal("data:image/png;base64,AQID", page.QuerySelector(".markdown img")!.GetAttribute("src"));
    }

    private static string Text(JsonNode? node) => MultilineText.Read(node)!;
}
