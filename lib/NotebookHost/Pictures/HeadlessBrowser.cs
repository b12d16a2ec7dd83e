using Microsoft.Playwright;

namespace NotebookHost;

/// <summary>
/// One headless browser for a whole run, started when the first picture is wanted: that takes seconds, a picture then a fraction of one.
/// Its profile is a new folder that goes with it. Playwright's driver holds its pipe, so it ends with this process however that ends.
/// </summary>
internal sealed class HeadlessBrowser : IAsyncDisposable
{
    private static readonly string[] _arguments = ["--disable-gpu", "--disable-quic", "--disable-sync", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    /// <param name="executable">See <see cref="ChromiumExecutable.Find"/>.</param>
    public HeadlessBrowser(string executable) => _browser = new(() => StartAsync(executable));

    /// <summary>A window of its own, with nothing of the others and without network.</summary>
    /// <exception cref="ChromiumException">The browser does not start.</exception>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        options.Offline = true;
        IBrowser browser = await _browser.Value;
        IBrowserContext context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)_patience.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _browser.Value).DisposeAsync();
        _playwright?.Dispose();
    }

    private async Task<IBrowser> StartAsync(string executable)
    {
        try
        {
            _playwright = await Playwright.CreateAsync();
            return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Args = _arguments,
                ChromiumSandbox = false,
                Timeout = (float)_patience.TotalMilliseconds,
            });
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            throw new ChromiumException($"{executable} does not start: {exception.Message.Split('\n')[0]} Try it by hand, or set {ChromiumExecutable.Variable} to another.", exception);
        }
    }
}
