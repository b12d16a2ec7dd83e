using AttentionNotebooks;
using Microsoft.Playwright;

namespace NotebookHost;

/// <summary>A white page of a notebook's width in which outputs are drawn one by one and photographed.</summary>
internal sealed class Studio : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly IPage _page;

    private Studio(IBrowserContext context, IPage page) => (_context, _page) = (context, page);

    /// <param name="browser">The browser to open it in.</param>
    /// <param name="scale">Device pixels in a CSS pixel.</param>
    public static async Task<Studio> OpenAsync(HeadlessBrowser browser, int scale)
    {
        IBrowserContext context = await browser.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = FigurePicture.Width, Height = 600 },
            DeviceScaleFactor = scale,
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-US",
        });
        IPage page = await context.NewPageAsync();
        await page.SetContentAsync(Resource.Read("studio.html"));
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = PlotlyScript.Text });
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Resource.Read("studio.js") });
        return new Studio(context, page);
    }

    /// <returns>Null when there is nothing to see, as after a script that only computes.</returns>
    public async Task<OutputPicture?> TakeAsync(string html)
    {
        Scene scene = await _page.EvaluateAsync<Scene>("html => window.stage(html)", html);
        if (scene.Width == 0 || scene.Height == 0)
            return null;
        byte[] all = await _page.Locator("#stage").ScreenshotAsync();
        var charts = new List<(byte[] Png, int Width)>();
        foreach (ILocator chart in await _page.Locator(FigurePicture.Selector).AllAsync())
            charts.Add((await chart.ScreenshotAsync(), (int)Math.Round((await chart.BoundingBoxAsync())!.Width)));
        return new OutputPicture(all, scene.Width, scene.Height, scene.Alternative, charts);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private sealed class Scene
    {
        public int Width { get; set; }

        public int Height { get; set; }

        public string Alternative { get; set; } = "";
    }
}
