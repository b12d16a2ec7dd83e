using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace NotebookHost.Tests;

/// <summary>Jupyter Notebook in a real browser, as a reader has it: the first notebook is opened, its first cells are run by clicking, and a chart is seen.</summary>
[Collection(ProcessConsole.Name)]
public sealed class NotebookInBrowserTests(JupyterFixture jupyter) : IClassFixture<JupyterFixture>
{
    private const string First = "01-hard-and-soft-in-five-minutes.ipynb";
    private const int CellsToRun = 4, FewestColours = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task The_first_cells_run_by_clicking_and_the_chart_is_drawn()
    {
        Requirement.Chromium();
        Requirement.Notebook();
        string address = $"http://127.0.0.1:{FreePort()}";
        PlaceFirstNotebook();
        using Process server = StartServer(new Uri(address));
        try
        {
            await AnswersAsync(server, $"{address}/api");
            await using var browser = new HeadlessBrowser(ChromiumExecutable.Find());
            await using IBrowserContext context = await browser.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1100, Height = 1000 } });
            await context.SetOfflineAsync(false);
            await RunFirstCellsAsync(await context.NewPageAsync(), $"{address}/notebooks/notebooks/{First}");
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    private static async Task RunFirstCellsAsync(IPage page, string address)
    {
        try
        {
            await page.GotoAsync(address);
            await RunFirstCellsAsync(page);
        }
        finally
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Series.Repository, "artifacts", "notebook-in-browser.png") });
        }
    }

    private static async Task RunFirstCellsAsync(IPage page)
    {
        await page.Locator(".kernel_idle_icon").WaitForAsync();
        ILocator run = page.Locator("button[data-jupyter-action='jupyter-notebook:run-cell-and-select-next']");
        for (int i = 0; i < CellsToRun; i++)
            await run.ClickAsync();

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
