using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json.Nodes;
using AttentionNotebooks;
using Microsoft.Playwright;

namespace NotebookHost.Tests;

/// <summary>What <c>run --png</c> puts beside and into the outputs.</summary>
[Collection(EveryOutput.Name)]
public sealed class PictureTests(EveryOutputFixture run)
{
    private const string Png = "image/png";

    // Live figure, lines, bars, grid, a chart of the author, two figures in one output, a drawing, a matrix, points, a sequence, a text.
    private const int Pictured = 11, Charts = 11;

    [SkippableFact]
    public void All_that_only_a_browser_shows_has_a_picture_and_nothing_else_has()
    {
        Requirement.Chromium();
        Assert.Equal((0, ""), (run.Host.ExitCode, run.Host.Error));
        NbFormat.AssertValid(JsonNode.Parse(File.ReadAllText(run.ArtifactPath)));
        Assert.Equal(Pictured, run.Outputs.Count(output => output.Output["data"]?[Png] is not null));
        Assert.All(run.Outputs, output => Assert.Equal(NotebookPictures.IsNeededFor(output.Output), output.Output["data"]?[Png] is not null));
    }

    [SkippableFact]
    public void A_picture_is_fine_and_says_its_size_and_what_it_shows()
    {
        Requirement.Chromium();
        Assert.All(Pictures(), picture =>
        {
            JsonNode said = picture["metadata"]![Png]!;
            (int width, int height) = SizeOf(Convert.FromBase64String((string)picture["data"]![Png]!));
            Assert.Equal((2 * (int)said["width"]!, 2 * (int)said["height"]!), (width, height));
            Assert.NotEmpty((string)said["alt"]!);
        });
        Assert.Equal(Pictured - 1, Pictures().Count(picture => (int)picture["metadata"]![Png]!["width"]! == FigurePicture.Width));
    }

    [SkippableFact]
    public async Task No_picture_is_of_one_colour()
    {
        Requirement.Chromium();
        await using Visit visit = await run.VisitAsync(EveryOutputFixture.Neighbour, new BrowserNewContextOptions());
        foreach (JsonObject picture in Pictures())
            Assert.InRange(await visit.ColoursAsync((string)picture["data"]![Png]!), 20, int.MaxValue);
    }

    [SkippableFact]
    public void Each_chart_has_its_picture_in_its_place()
    {
        Requirement.Chromium();
        string[] html = [.. Pictures().Select(picture => MultilineText.Read(picture["data"]!["text/html"])!)];
        Assert.All(html, one => Assert.True(FigurePicture.IsEmbedded(one)));
        Assert.Equal(Charts, html.Sum(one => one.Split("src=\"data:image/png;base64,").Length - 1));
    }

    [SkippableFact]
    public async Task Where_there_is_no_plotly_the_picture_stays()
    {
        Requirement.Chromium();
        JsonObject bars = Pictures().First(picture => picture["data"]!["text/plain"]!.ToJsonString().Contains("Bars", StringComparison.Ordinal));
        await using IBrowserContext context = await run.Browser.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1000, Height = 600 } });
        IPage page = await context.NewPageAsync();
        var asked = new TaskCompletionSource<string>();
        page.RequestFailed += (_, request) => asked.TrySetResult(request.Url);
        await page.SetContentAsync(MultilineText.Read(bars["data"]!["text/html"])!);
        Assert.Equal(PlotlyScript.Address, await asked.Task.WaitAsync(TimeSpan.FromMinutes(2)));
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        ILocator picture = page.Locator(".attention-plot img");
        Assert.True(await picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth === 1400 && image.checkVisibility()"));
        Assert.Equal("Bars. accuracy, soft, Expected: 90.0 % (from 85.0 % to 93.0 %), 2 runs; accuracy, hard, Sampled: 80.0 %; accuracy, plain average: 30.0 %.", await picture.GetAttributeAsync("alt"));
    }

    [SkippableFact]
    public async Task Nbconvert_prefers_the_live_chart_and_its_page_shows_the_picture_where_that_cannot_be()
    {
        Requirement.Chromium();
        Requirement.Nbconvert();
        string path = Path.ChangeExtension(run.NotebookPath, ".nbconvert.html");
        using (Process nbconvert = Process.Start("jupyter-nbconvert", ["--to", "html", "--log-level", "ERROR", "--output", path, run.NotebookPath]))
            await nbconvert.WaitForExitAsync();
        string html = await File.ReadAllTextAsync(path);
        Assert.Equal(Charts, html.Split("class=\"attention-figure\"").Length - 1);
        Assert.DoesNotContain((string)Pictures()[0]["data"]![Png]!, html, StringComparison.Ordinal);

        await using IBrowserContext context = await run.Browser.OpenAsync(new BrowserNewContextOptions());
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        Assert.Equal(Charts, await page.Locator(FigurePicture.Selector).CountAsync());
        foreach (ILocator picture in await page.Locator(FigurePicture.Selector).AllAsync())
            Assert.True(await picture.Locator("img").EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0 && image.checkVisibility()"));
    }

    [SkippableFact]
    public void The_written_notebook_is_what_ran_and_all_but_the_outputs_is_as_it_was()
    {
        Requirement.Chromium();
        Notebook notebook = NotebookReader.Read(run.NotebookPath);
        SourceStamp stamp = Assert.IsType<SourceStamp>(SourceStamp.Read(Written()["metadata"]));
        Assert.True(stamp.Fits(notebook));
        Assert.Equal(("quick", 3), (stamp.Profile, stamp.Seed));

        JsonNode written = Written(), source = JsonNode.Parse(run.Source)!;
        written["metadata"]!.AsObject().Remove(SourceStamp.Key);
        foreach (JsonNode? cell in written["cells"]!.AsArray().Where(cell => (string)cell!["cell_type"]! == "code"))
            (cell!["outputs"], cell["execution_count"]) = (new JsonArray(), null);
        Assert.Equal(source.ToJsonString(), written.ToJsonString());
    }

    private JsonNode Written() => run.Executed;

    private JsonObject[] Pictures() => [.. run.Outputs.Select(output => output.Output).Where(output => output["data"]?[Png] is not null)];

    // PNG, 11.2.2: the header comes first, width and height first in it.
    private static (int Width, int Height) SizeOf(ReadOnlySpan<byte> png)
    {
        Assert.Equal("IHDR"u8, png[12..16]);
        return (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
    }
}
