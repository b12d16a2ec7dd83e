using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace NotebookHost.Tests;

/// <summary>Jupyter Notebook in a real browser, as a reader has it: the first notebook is opened, its first cells are run by clicking, and a chart is seen; a live one moves.</summary>
[Collection(ProcessConsole.Name)]
public sealed class NotebookInBrowserTests(JupyterFixture jupyter) : IClassFixture<JupyterFixture>
{
    private const string First = "01-hard-and-soft-in-five-minutes.ipynb";
    private const string Last = "1,000";
    private const int CellsToRun = 4, FewestColours = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task The_first_cells_run_by_clicking_and_the_chart_is_drawn()
    {
        PlaceFirstNotebook();
        await OpenAsync(First, "notebook-in-browser.png", RunFirstCellsAsync);
    }

    [SkippableFact]
    public async Task A_live_figure_moves_while_its_cell_runs_and_its_last_state_is_saved()
    {
        string path = Cells.Write(Directory.CreateDirectory(Path.Combine(jupyter.Folder, "notebooks")).FullName, "live",
            Cells.Code($"#r \"{typeof(AttentionNotebooks.LiveFigure).Assembly.Location}\"\nusing AttentionNotebooks;"),
            Cells.Code("""
                int done = 0;
                using (var live = new LiveFigure(() => new BarComparison("done", new Bar("one", Role.Soft, done)) { To = 1000 }))
                {
                    for (; done < 900 && !System.IO.File.Exists("enough"); live.Update(), done++) System.Threading.Thread.Sleep(100);
                    done = 1000;
                    live.Update();
                }
                """));
        await OpenAsync("live.ipynb", "live-in-browser.png", page => WatchAsync(page, path));
    }

    private static async Task WatchAsync(IPage page, string path)
    {
        await RunCellsAsync(page, 2);
        ILocator value = page.Locator(".output .attention-plot .annotation-text").First;
        await value.WaitForAsync();
        var states = new HashSet<string>(StringComparer.Ordinal);
        for (var clock = Stopwatch.StartNew(); states.Count < 4 && clock.Elapsed < _patience; await Task.Delay(50))
            states.Add(await value.TextContentAsync() ?? "");
        Assert.Equal(4, states.Count);
        Assert.DoesNotContain(Last, states);

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(path)!, "enough"), "");
        await Assertions.Expect(value).ToHaveTextAsync(Last);
        Assert.Equal(1, await page.Locator(".output .attention-plot").CountAsync());

        await page.Locator("button[data-jupyter-action='jupyter-notebook:save-notebook']").ClickAsync();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < _patience && !(await File.ReadAllTextAsync(path)).Contains("one: " + Last, StringComparison.Ordinal);)
            await Task.Delay(100);
        // Where plotly.js came from is empty now, and stays.
        JsonNode saved = JsonNode.Parse(await File.ReadAllTextAsync(path))!["cells"]![1]!["outputs"]!.AsArray().Single(output => MultilineText.Read(output!["data"]!["text/html"]) is { Length: > 0 })!;
        Assert.Contains("one: " + Last, MultilineText.Read(saved["data"]!["text/plain"]), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(path).Length, 1, 100_000);
    }

    // Opens a notebook in a browser, on a server of its own, and leaves a picture of it.
    private async Task OpenAsync(string notebook, string picture, Func<IPage, Task> use)
    {
        Requirement.Chromium();
        Requirement.Notebook();
        string address = $"http://127.0.0.1:{FreePort()}";
        using Process server = StartServer(new Uri(address));
        try
        {
            await AnswersAsync(server, $"{address}/api");
            await using var browser = new HeadlessBrowser(ChromiumExecutable.Find());
            await using IBrowserContext context = await browser.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1100, Height = 1000 } });
            await context.SetOfflineAsync(false);
            IPage page = await context.NewPageAsync();
            await page.GotoAsync($"{address}/notebooks/notebooks/{notebook}");
            try
            {
                await use(page);
            }
            finally
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Series.Repository, "artifacts", picture) });
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    private static async Task RunCellsAsync(IPage page, int count)
    {
        await page.Locator(".kernel_idle_icon").WaitForAsync();
        ILocator run = page.Locator("button[data-jupyter-action='jupyter-notebook:run-cell-and-select-next']");
        for (int i = 0; i < count; i++)
            await run.ClickAsync();
    }

    private static async Task RunFirstCellsAsync(IPage page)
    {
        await RunCellsAsync(page, CellsToRun);
        ILocator plot = page.Locator(".output .attention-plot").First;
        await plot.Locator("svg.main-svg").First.WaitForAsync();
        await page.Locator(".kernel_idle_icon").WaitForAsync();
        await plot.ScrollIntoViewIfNeededAsync();

        Assert.Empty(await page.Locator(".output_error").AllInnerTextsAsync());
        Assert.InRange(await Visit.ColoursAsync(page, Convert.ToBase64String(await plot.ScreenshotAsync())), FewestColours, int.MaxValue);
    }

    // A copy without outputs, which finds the library where the notebook looks for it.
    private void PlaceFirstNotebook()
    {
        JsonNode notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(Series.Repository, "notebooks", First)))!;
        foreach (JsonNode? cell in notebook["cells"]!.AsArray().Where(cell => cell!["outputs"] is not null))
            (cell!["outputs"], cell["execution_count"]) = (new JsonArray(), null);
        Directory.CreateDirectory(Path.Combine(jupyter.Folder, "notebooks"));
        File.WriteAllText(Path.Combine(jupyter.Folder, "notebooks", First), notebook.ToJsonString());
        Directory.CreateSymbolicLink(Path.Combine(jupyter.Folder, "lib"), Path.Combine(Series.Repository, "lib"));
    }

    private Process StartServer(Uri address)
    {
        Process server = jupyter.Start(
            "jupyter-notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={address.Port}", "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={jupyter.Folder}");
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static async Task AnswersAsync(Process server, string address)
    {
        using var client = new HttpClient();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < _patience && !server.HasExited; await Task.Delay(200))
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        Assert.Fail("The notebook server does not answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
