using Microsoft.Playwright;

namespace NotebookHost.Tests;

/// <summary>A look at a page in a browser that has no network, and what went wrong meanwhile.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors on the console, exceptions of scripts, requests to anywhere but the disk.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static async Task<Visit> OpenAsync(IBrowserContext context)
    {
        var visit = new Visit(context, await context.NewPageAsync());
        await context.RouteAsync("**/*", route =>
        {
            if (route.Request.Url.StartsWith("file:", StringComparison.Ordinal) || route.Request.Url.StartsWith("data:", StringComparison.Ordinal))
                return route.ContinueAsync();
            visit._problems.Add($"request to {route.Request.Url}");
            return route.AbortAsync();
        });
        visit.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                visit._problems.Add($"{message.Type} on the console: {message.Text}");
        };
        visit.Page.PageError += (_, error) => visit._problems.Add(error);
        return visit;
    }

    public async Task GoToAsync(string address)
    {
        await Page.GotoAsync(address);
        // Two frames: charts draw in the first.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>Runs one of the functions of looks.js over the page.</summary>
    public Task<T> LookAsync<T>(string name) => Page.EvaluateAsync<T>($"{_looks.Value}\n{name}()");

    /// <summary>How many colours a part of the page has as it is seen.</summary>
    public async Task<int> ColoursAsync(ILocator part) => await ColoursAsync(Convert.ToBase64String(await part.ScreenshotAsync()));

    /// <summary>How many colours a PNG has.</summary>
    public Task<int> ColoursAsync(string picture) => ColoursAsync(Page, picture);

    public static Task<int> ColoursAsync(IPage page, string picture) => page.EvaluateAsync<int>("""
            async picture => {
              const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
              const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
              paper.drawImage(bitmap, 0, 0);
              return new Set(new Uint32Array(paper.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
            }
            """, picture);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static readonly Lazy<string> _looks = new(() =>
    {
        using var reader = new StreamReader(typeof(Visit).Assembly.GetManifestResourceStream("looks.js")!);
        return reader.ReadToEnd();
    });
}
