namespace NotebookHost.Tests;

/// <summary>One engine for all: a process has one at a time, and each new one compiles its first cell for a second.</summary>
public sealed class CellEngineFixture : IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    internal RecordingSink Sink { get; } = new();

    internal CellEngine Engine { get; }

    public CellEngineFixture() => Engine = new CellEngine(Folder.Path, Sink);

    public void Dispose()
    {
        Engine.Dispose();
        Folder.Dispose();
    }
}

[Collection(ProcessConsole.Name)]
public sealed class CellEngineTests : IClassFixture<CellEngineFixture>
{
    private static int _number;
    private readonly CellEngine _engine;
    private readonly RecordingSink _sink;
    private readonly TemporaryFolder _folder;

    public CellEngineTests(CellEngineFixture fixture)
    {
        (_engine, _sink, _folder) = (fixture.Engine, fixture.Sink, fixture.Folder);
        _sink.Reset();
    }

    [Fact]
    public async Task A_cell_sees_what_earlier_cells_declared()
    {
        await RunAsync("record Point(int X, int Y); int twice(int x) => 2 * x;");
        await RunAsync("var p = new Point(1, twice(4));");
        await RunAsync("p.Y");
        Assert.Equal("8", Assert.Single(_sink.Results)[MimeBundle.Plain]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("(string)null")]
    [InlineData("1.ToString();")]
    [InlineData("")]
    [InlineData("// nothing")]
    [InlineData("display(1)", 1)]
    public async Task Without_a_value_there_is_no_result(string code, int displays = 0)
    {
        await RunAsync(code);
        Assert.Empty(_sink.Results);
        Assert.Equal(displays, _sink.Outputs.Count);
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("\"a<b\"", "a<b")]
    [InlineData("new[] { 1, 2, 3 }", "int[3] { 1, 2, 3 }")]
    [InlineData("Enumerable.Range(0, 3).ToList()", "List<int>(3) { 0, 1, 2 }")]
    [InlineData("(1, \"x\")", "(1, x)")]
    [InlineData("new { A = 1 }", "{ A = 1 }")]
    [InlineData("new StringBuilder(\"built\")", "built")]
    public async Task A_value_without_formatter_is_shown_as_text(string code, string expected)
    {
        await RunAsync(code);
        MimeBundle bundle = Assert.Single(_sink.Results);
        Assert.Equal([MimeBundle.Plain], bundle.Keys);
        Assert.Equal(expected, bundle[MimeBundle.Plain]);
    }

    [Fact]
    public async Task A_cell_comes_back_to_its_thread_after_an_await()
    {
        await RunAsync("""
            var before = Environment.CurrentManagedThreadId;
            await Task.Delay(20);
            await Task.Run(() => { });
            before == Environment.CurrentManagedThreadId
            """);
        Assert.Equal("True", Assert.Single(_sink.Results)[MimeBundle.Plain]);
        await RunAsync("before == Environment.CurrentManagedThreadId");
        Assert.Equal("True", _sink.Results[^1][MimeBundle.Plain]);
    }

    [Fact]
    public async Task Output_and_error_keep_their_order_and_merge_while_the_stream_is_the_same()
    {
        await RunAsync("""Console.Write("a"); Console.WriteLine('b'); Console.WriteLine("{0:F1}", 2.0); Console.Error.Write("e"); Console.WriteLine("c");""");
        Assert.Equal(["stdout:ab\n2.0\n", "stderr:e", "stdout:c\n"], _sink.Outputs.Select(o => $"{o!["name"]}:{MultilineText.Read(o["text"])}"));
    }

    [Fact]
    public async Task An_update_replaces_its_display_and_no_other()
    {
        await RunAsync("""
            var first = display("one");
            var second = "<i>two</i>".DisplayAs("text/html");
            first.Update("uno");
            second.Update("<i>due</i>");
            Microsoft.DotNet.Interactive.KernelInvocationContext.Current.Display("three", "text/plain").Update("tre");
            """);
        Assert.Equal(["uno", "<i>due</i>", "tre"], _sink.Outputs.Select(o => MultilineText.Read(o!["data"]!.AsObject().Single().Value)));
    }

    [Fact]
    public async Task Html_and_scripts_are_shown_as_they_are()
    {
        await RunAsync("Javascript(\"let x = 1 < 2;\"); HTML(\"<b>bold</b>\")");
        Assert.Equal("<script type=\"text/javascript\">let x = 1 < 2;</script>", Assert.Single(_sink.Displays)[MimeBundle.Html]);
        Assert.Equal("<b>bold</b>", Assert.Single(_sink.Results)[MimeBundle.Html]);
    }

    [Fact]
    public async Task Cleared_output_waits_for_the_next_if_told_so()
    {
        await RunAsync("Console.Write(1); clear_output(); Console.Write(2); clear_output(wait: true);");
        Assert.Equal("2", MultilineText.Read(Assert.Single(_sink.Outputs)!["text"]));
        await RunAsync("Console.Write(3);");
        Assert.Equal("3", MultilineText.Read(Assert.Single(_sink.Outputs)!["text"]));
    }

    [Fact]
    public async Task Formatters_are_found_by_the_attributes_name_and_give_one_bundle()
    {
        await RunAsync("""
            public class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType { get; set; } = typeof(Source); }
            public class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new F("text/html", "<p>h</p>"), new F("text/plain", "t"), new F("text/skipped", null) }; }
            public class F
            {
                private readonly string _text;
                public F(string mimeType, string text) { MimeType = mimeType; _text = text; }
                public string MimeType { get; }
                public bool Format(object value, TextWriter writer) { if (_text == null) return false; writer.Write(_text); return true; }
            }
            [TypeFormatterSource] public class Base { }
            public class Derived : Base { }
            new Derived()
            """);
        Assert.Equal(new MimeBundle { ["text/html"] = "<p>h</p>", ["text/plain"] = "t" }, Assert.Single(_sink.Results));
        await RunAsync("new object[] { new Derived(), \"a<b\" }");
        Assert.Equal("<div><p>h</p></div><div>a&lt;b</div>", _sink.Results[^1][MimeBundle.Html]);
    }

    [Fact]
    public async Task ToHtml_and_registered_formatters_serve_too()
    {
        await RunAsync("""
            public class Card { public string ToHtml() => "<b>card</b>"; public override string ToString() => "card"; }
            new Card()
            """);
        Assert.Equal(new MimeBundle { ["text/html"] = "<b>card</b>", ["text/plain"] = "card" }, Assert.Single(_sink.Results));
        await RunAsync("Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Card>(c => \"<i>own</i>\", \"text/html\"); new Card()");
        Assert.Equal("<i>own</i>", _sink.Results[^1][MimeBundle.Html]);
    }

    [Fact]
    public async Task A_formatter_that_throws_is_the_cells_error()
    {
        await RunAsync("public class Bad { public string ToHtml() => throw new InvalidOperationException(\"no picture\"); } new Bad()", succeeds: false);
        Assert.Equal("no picture", _sink.Failure!.Message);
    }

    [Fact]
    public async Task The_library_of_a_directive_is_the_copy_that_the_host_has_loaded()
    {
        await RunAsync("#r \"../lib/AttentionNotebooks/bin/Release/net10.0/AttentionNotebooks.dll\"\nusing AttentionNotebooks;");
        await RunAsync("NotebookDisplay.Current.Show(\"by the library\").Update(\"updated\"); typeof(NotebookDisplay).Assembly.GetHashCode()");
        Assert.Equal("updated", MultilineText.Read(_sink.Outputs[0]!["data"]!["text/plain"]));
        string expected = typeof(AttentionNotebooks.NotebookDisplay).Assembly.GetHashCode().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, Assert.Single(_sink.Results)[MimeBundle.Plain]);
    }

    [Theory]
    [InlineData("#r \"missing.dll\"", "there is no file")]
    [InlineData("\n#r \"nuget: Nowhere.To.Be.Found, 1.0.0\"", "was not built with the package Nowhere.To.Be.Found")]
    [InlineData("#r \"nuget: Plotly.NET, 1.0.0\"", "built with Plotly.NET 6.0.0")]
    [InlineData("#r \"text.dll\"", "is not a .NET assembly")]
    public async Task A_directive_that_leads_nowhere_says_so(string code, string expected)
    {
        await File.WriteAllTextAsync(_folder.File("text.dll"), "text");
        await RunAsync(code, succeeds: false);
        Assert.Contains(expected, _sink.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(code.StartsWith('\n') ? 2 : 1, _sink.Failure.Line);
    }

    [Fact]
    public async Task A_package_that_the_host_was_built_with_is_there()
    {
        await RunAsync("#r \"nuget: Plotly.NET, 6.0.0\"\ntypeof(Plotly.NET.GenericChart).Name");
        Assert.Equal("GenericChart", Assert.Single(_sink.Results)[MimeBundle.Plain]);
    }

    [Fact]
    public async Task What_the_host_needs_for_itself_is_hidden_from_cells()
    {
        await RunAsync("using Spectre.Console;", succeeds: false);
        Assert.Contains("CS0246", _sink.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compile_errors_are_all_told_with_line_and_caret()
    {
        await RunAsync("var x = 1;\nint y = \"text\";\nunknown(3);", succeeds: false);
        CellError error = _sink.Failure!;
        Assert.Equal("CompilationError", error.Name);
        Assert.Equal(2, error.Line);
        Assert.Contains(error.Traceback, line => line.EndsWith("line 3, column 1: CS0103: The name 'unknown' does not exist in the current context", StringComparison.Ordinal));
        Assert.Contains("    int y = \"text\";", error.Traceback);
        Assert.Contains("            ^", error.Traceback);
        Assert.DoesNotContain(_sink.Outputs, output => output!["output_type"]!.GetValue<string>() != "error");
    }

    [Fact]
    public async Task An_exception_is_told_in_the_cells_lines_with_its_causes()
    {
        int definition = await RunAsync("void fail(int depth)\n{\n    try { throw new FormatException(\"inner\"); }\n    catch (Exception e) { throw new InvalidOperationException(\"outer\", e); }\n}");
        int call = await RunAsync("int survives = 5;\n\nawait Task.Yield();\nfail(1);\nConsole.WriteLine(\"never\");", succeeds: false);
        CellError error = _sink.Failure!;
        Assert.Equal(("InvalidOperationException", "outer", 4), (error.Name, error.Message, error.Line));
        Assert.Equal(
            [
                "System.InvalidOperationException: outer",
                $"   at fail(Int32 depth) in In[{definition}]: line 4",
                $"   at In[{call}]: line 4",
                "---> System.FormatException: inner",
                $"   at fail(Int32 depth) in In[{definition}]: line 3",
            ],
            error.Traceback);
        await RunAsync("survives");
        Assert.Equal("5", Assert.Single(_sink.Results)[MimeBundle.Plain]);
    }

    [Fact]
    public async Task A_figure_of_the_library_is_html_and_text()
    {
        await RunAsync("#r \"AttentionNotebooks.dll\"\nusing AttentionNotebooks;\nnew LearningCurves(new Panel(\"loss\", new Series(\"soft\", Role.Soft, [0, 1], [1.0, 0.5])))");
        MimeBundle bundle = Assert.Single(_sink.Results);
        Assert.Contains("<figure", bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Contains("soft", bundle[MimeBundle.Plain], StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_engine_in_the_process_is_refused() =>
        Assert.Contains("runs a notebook already", Assert.Throws<InvalidOperationException>(() => new CellEngine(_folder.Path, _sink)).Message, StringComparison.Ordinal);

    private async Task<int> RunAsync(string code, bool succeeds = true)
    {
        int number = Interlocked.Increment(ref _number);
        bool succeeded = await _engine.ExecuteAsync(code, number) is null;
        Assert.True(succeeded == succeeds, string.Join('\n', _sink.Failure?.Traceback ?? ["It ran without an error."]));
        return number;
    }
}
