using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary><c>run --in-place</c>: what it writes, and what it leaves alone.</summary>
public sealed class InPlaceTests : IDisposable
{
    private static readonly SourceStamp _stamp = new("abc", "quick", 0, "1.0");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "cells" : [ {"cell_type":"code", "source":"x \u00e9\/", "outputs": [{"output_type":"stream","name":"stdout","text":"old"}], "execution_count": 7, "metadata":{"z":1.50,"a":1e3} } ], "nbformat":4, "metadata":{"attention":"old", "z":[1,  2]}, "nbformat_minor" : 2 }""")]
    [InlineData("{\r\n\t\"nbformat\": 4,\r\n\t\"metadata\": {\"attention\": {}},\r\n\t\"cells\": [\r\n\t\t{\"outputs\": [], \"cell_type\": \"code\", \"execution_count\": null, \"source\": [\"\\ud835\\udd3c\\n\", \"b\"]}, {\"cell_type\": \"markdown\", \"source\": \"\\\"outputs\\\": []\"}]}")]
    [InlineData("\uFEFF{\"metadata\":{\"attention\":0},\"cells\":[{\"cell_type\":\"raw\",\"source\":\"\",\"outputs\":1},{\"cell_type\":\"code\",\"source\":\"1\",\"execution_count\":1,\"outputs\":[]}],\"nbformat\":4}\n\n")]
    public void Every_byte_but_the_outputs_stays(string text)
    {
        byte[] before = Encoding.UTF8.GetBytes(text);
        byte[] after = After(text);
        Assert.Equal(Without(before), Without(after));
        JsonNode written = JsonNode.Parse(Encoding.UTF8.GetString(after).TrimStart('\uFEFF'))!;
        Assert.Equal("abc", (string)written["metadata"]!["attention"]!["hash"]!);
        JsonNode cell = written["cells"]!.AsArray().Single(cell => (string)cell!["cell_type"]! == "code")!;
        Assert.Equal(5, (int)cell["execution_count"]!);
        Assert.Equal("new", (string)cell["outputs"]![0]!["text"]!);
    }

    [Theory]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\"}]}")]
    [InlineData("{\"nbformat\":4,\"metadata\":{},\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\",\"outputs\":[]}]}")]
    [InlineData("{\"nbformat\":4,\"metadata\":{\"kernelspec\":{}},\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\",\"execution_count\":2}]}")]
    public void What_is_missing_is_added(string text)
    {
        JsonNode written = JsonNode.Parse(After(text))!, before = JsonNode.Parse(text)!;
        Assert.Equal("abc", (string)written["metadata"]!["attention"]!["hash"]!);
        Assert.Equal(5, (int)written["cells"]![0]!["execution_count"]!);
        Assert.Equal("new", (string)written["cells"]![0]!["outputs"]![0]!["text"]!);
        Assert.Equal(before["metadata"]?["kernelspec"]?.ToJsonString(), written["metadata"]!["kernelspec"]?.ToJsonString());
    }

    [Fact]
    public void A_notebook_as_jupyter_lays_it_out_stays_one()
    {
        string path = Cells.Write(_folder.Path, "laid-out", Cells.Markdown("# a"), Cells.Code("1"));
        File.WriteAllText(path, NotebookReader.Read(path).ToJson());
        File.WriteAllBytes(path, After(File.ReadAllText(path)));
        Assert.Equal(JupyterJson.Write(JsonNode.Parse(File.ReadAllText(path))!), File.ReadAllText(path));
    }

    [Fact]
    public async Task Only_whole_runs_are_written()
    {
        Cells.Write(_folder.Path, "good", Cells.Code("6 * 7"));
        string fails = Cells.Write(_folder.Path, "fails", Cells.Code("1"), Cells.Code("int zero = 0; zero / zero"));
        byte[] before = await File.ReadAllBytesAsync(fails);
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "run", "good.ipynb", "fails.ipynb", "--in-place", "--out", "out");

        Assert.Equal((int)ExitCode.CellFailed, host.ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(fails));
        Assert.Contains("42", await File.ReadAllTextAsync(_folder.File("good.ipynb")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public async Task Without_the_option_a_notebook_is_never_written()
    {
        string path = Cells.Write(_folder.Path, "good", Cells.Code("6 * 7"));
        byte[] before = await File.ReadAllBytesAsync(path);
        Assert.Equal((int)ExitCode.Success, (await HostCommand.RunAsync(_folder.Path, "run", "good.ipynb", "--out", "out")).ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_notebook_that_was_edited_while_it_ran_keeps_the_edit()
    {
        string path = Cells.Write(_folder.Path, "edited", Cells.Code("System.IO.File.AppendAllText(\"edited.ipynb\", \"\\n\\n\");"));
        string before = await File.ReadAllTextAsync(path);
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "run", "edited.ipynb", "--in-place", "--out", "out");

        Assert.Equal((int)ExitCode.Environment, host.ExitCode);
        Assert.Contains("edited.ipynb was changed while it ran", host.Error, StringComparison.Ordinal);
        Assert.Equal(before + "\n\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_notebook_that_cannot_be_written_is_named_with_where_its_outputs_are()
    {
        // Who may write everywhere cannot be refused, and Windows refuses otherwise.
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return;

        Directory.CreateDirectory(_folder.File("locked"));
        string path = Cells.Write(_folder.File("locked"), "good", Cells.Code("6 * 7"));
        File.SetUnixFileMode(_folder.File("locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "run", path, "--in-place", "--out", "out");
        File.SetUnixFileMode(_folder.File("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal((int)ExitCode.Environment, host.ExitCode);
        Assert.Contains($"its outputs are in {_folder.File("out", "good.ipynb")}", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_notebook_is_not_written()
    {
        if (OperatingSystem.IsWindows())
            return;

        string path = Cells.Write(_folder.Path, "endless", Cells.Code("1"), Cells.Code("System.IO.File.WriteAllText(\"looping\", \"\"); while (true) { }"));
        byte[] before = await File.ReadAllBytesAsync(path);
        using Process host = HostCommand.Start(_folder.Path, "run", path, "--in-place", "--out", "out");
        while (!Path.Exists(_folder.File("looping")))
            await Task.Delay(50);
        using (Process kill = Process.Start("kill", ["-TERM", $"{host.Id}"]))
            await kill.WaitForExitAsync();
        Assert.Equal((int)ExitCode.Interrupted, (await HostCommand.EndAsync(host)).ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    private byte[] After(string text)
    {
        string path = _folder.File("notebook.ipynb");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        Notebook notebook = NotebookReader.Read(path);
        notebook.CodeCells[0].SetOutputs(5, [new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "new" }]);
        return notebook.File.WithOutputs(notebook.CodeCells, _stamp);
    }

    /// <summary>The bytes around what a run writes.</summary>
    private static string Without(byte[] content)
    {
        NotebookMap map = NotebookMap.Of(content);
        IEnumerable<Range> written = map.CodeCells.SelectMany(cell => new[] { cell.Members["outputs"], cell.Members["execution_count"] }).Append(map.Metadata!.Members["attention"]);
        var rest = new StringBuilder();
        int from = 0;
        foreach (Range place in written.OrderBy(place => place.Start.Value))
        {
            rest.Append(Encoding.UTF8.GetString(content.AsSpan(from..place.Start.Value))).Append('…');
            from = place.End.Value;
        }

        return rest.Append(Encoding.UTF8.GetString(content.AsSpan(from..))).ToString();
    }
}
