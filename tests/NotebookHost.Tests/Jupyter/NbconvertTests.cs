using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary>Debian's <c>jupyter nbconvert --execute</c> runs notebooks as they are.</summary>
[Collection(ProcessConsole.Name)]
public sealed class NbconvertTests(JupyterFixture jupyter) : IClassFixture<JupyterFixture>
{
    [SkippableFact]
    public async Task A_notebook_runs_unchanged_and_keeps_its_outputs()
    {
        string notebook = Cells.Write(jupyter.Folder, "small", Cells.Markdown("# Small"), Cells.Code("var x = 40;"), Cells.Code("Console.WriteLine(x); x + 2"));

        JsonNode executed = await ExecuteAsync(notebook);

        Assert.Equal("42", MultilineText.Read(executed["cells"]![2]!["outputs"]![1]!["data"]!["text/plain"]));
    }

    /// <summary>With <c>CI_FULL=1</c>; <c>.ci/run</c> itself has nbconvert run the first notebook and the one that changed last.</summary>
    [SkippableFact]
    public async Task The_series_runs_unchanged()
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("CI_FULL") == "1", "It takes as long as the series: set CI_FULL=1.");
        foreach (Notebook notebook in Series.Read([]))
            await ExecuteAsync(notebook.Path);
    }

    private async Task<JsonNode> ExecuteAsync(string notebook)
    {
        Requirement.Nbconvert();
        string name = "executed-" + Path.GetFileName(notebook);
        using Process process = jupyter.Start(
            "jupyter-nbconvert", "--to", "notebook", "--execute", notebook, "--output", name, "--output-dir", jupyter.Folder, "--ExecutePreprocessor.timeout=1200");
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(jupyter.Folder, name)))!;
    }
}
