namespace NotebookHost.Tests;

public sealed class WorkedAnswersTests : IDisposable
{
    private const string Exercises = """
        ## Try it yourself

        ```csharp
        throw new Exception("shown, and no answer");
        ```

        <details><summary>Answer</summary>

        It is this:

        ```csharp
        Console.WriteLine($"first {x + 1}");
        ```

        and not `x`, nor

        ```
        x
        ```
        </details>

        <details>
        <summary>Answer</summary>

        ```csharp
        Console.WriteLine("second");
        // <b>
        Console.WriteLine(missing);
        ```

        </details>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_are_the_csharp_in_the_collapsed_blocks_of_the_text()
    {
        Notebook notebook = NotebookReader.Read(Cells.Write(_folder.Path, "one", Cells.Code("var x = 1;"), Cells.Markdown(Exercises), Cells.Markdown("```csharp\nno\n```")));

        Assert.Equal(["Console.WriteLine($\"first {x + 1}\");", "Console.WriteLine(\"second\");\n// <b>\nConsole.WriteLine(missing);"], WorkedAnswers.Of(notebook));
    }

    [Fact]
    public void Appended_they_are_cells_after_the_last_and_the_notebook_stays_as_it_was()
    {
        Notebook notebook = NotebookReader.Read(Cells.Write(_folder.Path, "one", Cells.Code("var x = 1;"), Cells.Markdown(Exercises)));
        string before = notebook.ToJson();
        Notebook longer = WorkedAnswers.AppendTo(notebook);

        Assert.Equal([.. notebook.CodeCells.Select(cell => cell.Source), .. WorkedAnswers.Of(notebook)], longer.CodeCells.Select(cell => cell.Source));
        Assert.Equal(before, notebook.ToJson());
        Assert.Same(notebook.File, longer.File);
    }

    [Fact]
    public void A_notebook_without_any_is_itself()
    {
        Notebook notebook = NotebookReader.Read(Cells.Write(_folder.Path, "one", Cells.Code("1")));
        Assert.Same(notebook, WorkedAnswers.AppendTo(notebook));
    }

    [Fact]
    public async Task They_run_after_the_cells_when_asked_for_and_one_that_fails_is_named()
    {
        string path = Cells.Write(_folder.Path, "one", Cells.Code("var x = 1;"), Cells.Markdown(Exercises));
        byte[] source = await File.ReadAllBytesAsync(path);
        HostCommand without = await HostCommand.RunAsync(_folder.Path, "run", path, "--out", "without");
        HostCommand with = await HostCommand.RunAsync(_folder.Path, "run", path, "--out", "with", "--answers");

        Assert.Equal(0, without.ExitCode);
        Assert.Equal(1, with.ExitCode);
        Assert.Contains("cell 3, line 3", with.Error, StringComparison.Ordinal);
        Assert.Contains("first 2", await File.ReadAllTextAsync(_folder.File("with", "one.html")), StringComparison.Ordinal);
        Assert.Equal(source, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task They_are_not_written_into_the_notebook()
    {
        string path = Cells.Write(_folder.Path, "one", Cells.Markdown(Exercises));
        Assert.Equal((int)ExitCode.Usage, await AttentionCommand.InvokeAsync(["run", path, "--answers", "--in-place"]));
    }
}
