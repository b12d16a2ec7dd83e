using System.Text;
using System.Text.Json.Nodes;
using AttentionNotebooks;
using Microsoft.Playwright;

namespace NotebookHost;

/// <summary>
/// Gives every output that only a browser can show a PNG, twice: as <c>image/png</c> beside its HTML, and inside its HTML in the
/// place of each chart. Jupyter and nbconvert prefer HTML to PNG by a fixed order, and so does every viewer built on nbconvert,
/// of which those that strip scripts would otherwise show an empty place.
/// </summary>
internal sealed class NotebookPictures(HeadlessBrowser browser)
{
    /// <summary>The largest a notebook should be, in bytes.</summary>
    public const int Budget = 1_500_000;

    private const string Png = "image/png";

    // A chart takes a fraction of a second, a surface in three dimensions some: more is a script that does not end.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly string[] _needBrowser = ["<script", "<canvas", "<svg"];

    /// <summary>Whether an output shows nothing, or not all, where no script runs.</summary>
    public static bool IsNeededFor(JsonObject output) =>
        output["data"]?[MimeBundle.Html] is { } html && Array.Exists(_needBrowser, mark => MultilineText.Read(html)!.Contains(mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>Fine pictures if the notebook keeps to its budget with them, else plain ones, and at last of charts alone, without the words around them, which are in the output's text.</summary>
    /// <exception cref="ChromiumException">There is no browser, or it cannot draw an output.</exception>
    public async Task AddAsync(Notebook notebook, CancellationToken cancellation)
    {
        if (!notebook.CodeCells.SelectMany(cell => cell.Outputs).Any(IsNeededFor))
            return;
        await AddAsync(notebook, scale: 2, cancellation);
        if (IsOverBudget(notebook))
            await AddAsync(notebook, scale: 1, cancellation);
        if (IsOverBudget(notebook))
            KeepChartsAlone(notebook);
    }

    private static bool IsOverBudget(Notebook notebook) => Encoding.UTF8.GetByteCount(notebook.ToJson()) > Budget;

    private static void KeepChartsAlone(Notebook notebook)
    {
        foreach (JsonObject output in notebook.CodeCells.SelectMany(cell => cell.Outputs).Where(IsNeededFor))
        {
            JsonObject data = output["data"]!.AsObject();
            if (FigurePicture.OnlyOne(MultilineText.Read(data[MimeBundle.Html])!) is not { } chart)
                continue;
            data[Png] = chart.Png;
            JsonObject size = output["metadata"]![Png]!.AsObject();
            size["width"] = chart.Width;
            size.Remove("height");
        }
    }

    private async Task AddAsync(Notebook notebook, int scale, CancellationToken cancellation)
    {
        int cell = 0;
        try
        {
            await using Studio studio = await Studio.OpenAsync(browser, scale).WaitAsync(cancellation);
            for (; cell < notebook.CodeCells.Count; cell++)
            {
                foreach (JsonObject output in notebook.CodeCells[cell].Outputs.Where(IsNeededFor))
                    await AddAsync(studio, output).WaitAsync(_patience, cancellation);
            }
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            throw new ChromiumException($"{notebook.FileName}, cell {cell + 1}: its output cannot be drawn: {exception.Message.Split('\n')[0]} Run it again, or without --png.", exception);
        }
    }

    private static async Task AddAsync(Studio studio, JsonObject output)
    {
        JsonObject data = output["data"]!.AsObject();
        string html = MultilineText.Read(data[MimeBundle.Html])!;
        if (await studio.TakeAsync(html) is not { } picture)
            return;
        data[MimeBundle.Html] = MultilineText.Write(FigurePicture.Embed(html, picture.Charts));
        data[Png] = Convert.ToBase64String(picture.Png);
        output["metadata"]!.AsObject()[Png] = new JsonObject { ["width"] = picture.Width, ["height"] = picture.Height, ["alt"] = picture.Alternative };
    }
}
