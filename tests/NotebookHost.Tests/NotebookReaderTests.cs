using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Xunit;

namespace NotebookHost.Tests;

[Collection(ProcessConsole.Name)]
public sealed class NotebookReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{\"cells\": [", "not JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("{}", "no nbformat number")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "no nbformat number")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "nbformat 3")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}}", "no list of cells")]
    [InlineData("{\"nbformat\": 4, \"cells\": {}}", "no list of cells")]
    [InlineData("{\"nbformat\": 4, \"metadata\": 1, \"cells\": []}", "metadata is not an object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "cell 1 is not an object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"source\": \"\"}]}", "cell 1 has no cell_type")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]}", "unknown type 'heading'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}", "the source of cell 1")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}", "the source of cell 1")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"metadata\": []}]}", "the metadata of cell 1")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": \"\", \"id\": \"a b\"}]}", "the cell id \"a b\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": \"\", \"id\": \"a\"}, {\"cell_type\": \"raw\", \"source\": \"\", \"id\": \"a\"}]}", "two cells have the id 'a'")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4, \"cells\": []}", "nbformat")]
    public async Task A_malformed_notebook_is_named_with_what_is_wrong(string content, string wrong)
    {
        string path = _folder.File("bad.ipynb");
        await File.WriteAllTextAsync(path, content);
        MalformedNotebookException error = Assert.Throws<MalformedNotebookException>(() => NotebookReader.Read(path));
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Environment, await AttentionCommand.InvokeAsync(["run", path, "--out", _folder.File("out")]));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_named()
    {
        string path = _folder.File("bytes.ipynb");
        File.WriteAllBytes(path, [(byte)'{', 0xC3, 0x28]);
        Assert.Contains("not UTF-8", Assert.Throws<MalformedNotebookException>(() => NotebookReader.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_formula_names_notebook_and_cell()
    {
        string path = Cells.Write(_folder.Path, "formula", Cells.Code("1"), Cells.Markdown("Here $\\unheard{x}$."));
        MalformedNotebookException error = Assert.Throws<MalformedNotebookException>(() => Series.Read([path]));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("cell 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(@"\unheard", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_notebook_becomes_a_valid_one_of_today_and_keeps_what_it_does_not_know()
    {
        string path = _folder.File("old.ipynb");
        File.WriteAllText(path, """{"nbformat":4,"nbformat_minor":2,"metadata":{"ours":{"z":1.50,"a":null}},"cells":[{"cell_type":"markdown","source":["a\n","b"]},{"cell_type":"code","source":"x","metadata":{"tags":["t"]}}]}""");
        Notebook notebook = NotebookReader.Read(path);
        JsonNode written = JsonNode.Parse(notebook.ToJson())!;
        NbFormat.AssertValid(written);
        Assert.Equal("""{"a":null,"z":1.50}""", written["metadata"]!["ours"]!.ToJsonString());
        Assert.Equal("t", (string)written["cells"]![1]!["metadata"]!["tags"]![0]!);
        Assert.Equal(notebook.ToJson(), NotebookReader.Read(path).ToJson());
    }

    [Fact]
    public void Json_is_laid_out_as_jupyter_does()
    {
        JsonNode node = JsonNode.Parse("""{"b": [1, 2.50, "ü𝔼\u2028<&\"\\\n\u0007"], "a": {}, "C": [], "d": true}""")!;
        Assert.Equal("{\n \"C\": [],\n \"a\": {},\n \"b\": [\n  1,\n  2.50,\n  \"ü𝔼\u2028<&\\\"\\\\\\n\\u0007\"\n ],\n \"d\": true\n}\n", JupyterJson.Write(node));
    }

    [Property]
    public bool Any_text_survives_the_json(NonNull<string> text)
    {
        // A lone surrogate is no text that a file could hold.
        string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
        return JsonNode.Parse(JupyterJson.Write(JsonValue.Create(valid)))!.GetValue<string>() == valid;
    }

    [Property]
    public bool Lines_join_to_the_text_they_came_from(NonNull<string> text) => MultilineText.Read(MultilineText.Write(text.Get)) == text.Get;
}
