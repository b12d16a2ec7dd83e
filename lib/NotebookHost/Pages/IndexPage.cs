using System.Globalization;
using System.Text;

namespace NotebookHost;

/// <summary>The list of all notebooks of a run and how far each is; loads itself again until all are over.</summary>
internal static class IndexPage
{
    private const int SecondsToReload = 5;

    public static string ToHtml(IReadOnlyList<NotebookRun> runs)
    {
        bool over = runs.All(run => run.IsOver);
        var items = new StringBuilder();
        foreach (NotebookRun run in runs)
            items.Append(Item(run));
        return Resource.Fill("index.html", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["style"] = Resource.Read("page.css"),
            ["refresh"] = over ? "" : $"<meta http-equiv=\"refresh\" content=\"{SecondsToReload}\">",
            ["summary"] = Summary(runs),
            ["items"] = items.ToString(),
        });
    }

    private static string Item(NotebookRun run)
    {
        string title = HtmlText.Encode(run.Notebook.Title);
        string name = run is { IsOver: true, WasStarted: true } ? $"<a href=\"{Uri.EscapeDataString(run.Notebook.Name)}.html\">{title}</a>" : title;
        string problem = run.Error is null ? "" : $"<p class=\"problem\">{HtmlText.Encode(RunReport.Problem(run))}</p>";
        return $"<li class=\"{run.State.ToString().ToLowerInvariant()}\"><div><span class=\"name\">{name}</span><span class=\"file\">{HtmlText.Encode(run.Notebook.FileName)}</span></div><span class=\"state\">{RunReport.State(run)}</span>{problem}</li>\n";
    }

    private static string Summary(IReadOnlyList<NotebookRun> runs)
    {
        int done = runs.Count(run => run.State == RunState.Done);
        int failed = runs.Count(run => run.State == RunState.Failed);
        string failures = failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {failed} failed");
        return string.Create(CultureInfo.InvariantCulture, $"{done} of {runs.Count} notebooks done{failures}.");
    }
}
