using System.Text.Json.Nodes;
using AttentionNotebooks;

namespace NotebookHost.Tests;

/// <summary>The notebooks of the series as they are committed: outputs of their own sources, whole, with pictures, not too large.</summary>
public sealed class CommittedNotebookTests
{
    public static TheoryData<string> Notebooks => [.. Directory.GetFiles(Path.Combine(Series.Repository, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(Series.Repository, path))];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_outputs_are_from_its_sources(string path)
    {
        SourceStamp? stamp = SourceStamp.Read(Json(path)["metadata"]);
        Assert.True(stamp?.Fits(NotebookReader.Read(Absolute(path))) ?? false, $"{path}: outputs are from other sources: {Remedy(path)}");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void All_of_it_has_run_without_an_error(string path)
    {
        JsonNode[] cells = [.. Json(path)["cells"]!.AsArray().Select(cell => cell!).Where(cell => (string)cell["cell_type"]! == "code")];
        for (int i = 0; i < cells.Length; i++)
            Assert.True((int?)cells[i]["execution_count"] == i + 1, $"{path}: cell {i + 1} has not run in its turn: {Remedy(path)}");
        Assert.True(Outputs(path).Any(), $"{path}: there are no outputs: {Remedy(path)}");
        Assert.DoesNotContain(Outputs(path), output => (string)output["output_type"]! == "error");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_figure_has_its_pictures(string path)
    {
        foreach (JsonObject output in Outputs(path).Where(NotebookPictures.IsNeededFor))
        {
            JsonNode data = output["data"]!;
            bool isPictured = data["image/png"] is not null && FigurePicture.IsEmbedded(MultilineText.Read(data["text/html"])!);
            Assert.True(isPictured, $"{path}: a figure has no PNG: {Remedy(path)}\n{MultilineText.Read(data["text/plain"])}");
        }
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_is_not_too_large(string path) =>
        Assert.InRange(new FileInfo(Absolute(path)).Length, 1, NotebookPictures.Budget);

    private static string Remedy(string path) => $"run `attention run --in-place --png {path}`";

    private static string Absolute(string path) => Path.Combine(Series.Repository, path);

    private static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(Absolute(path)))!;

    private static IEnumerable<JsonObject> Outputs(string path) => Json(path)["cells"]!.AsArray()
        .SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
        .Select(output => output!.AsObject());
}
