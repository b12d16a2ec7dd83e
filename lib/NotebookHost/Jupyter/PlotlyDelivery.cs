using AttentionNotebooks;

namespace NotebookHost;

/// <summary>Brings plotly.js to a front end, once: a reader without network sees charts, and no figure carries 3.6 MB.</summary>
internal sealed class PlotlyDelivery
{
    public const string DisplayId = "attention-plotly";

    // A UMD bundle: where a loader of modules is active it would hand itself to that.
    private static readonly string _script = $$"""
        <script>
        if (!window.Plotly) (function (define, module, exports) {
        {{PlotlyScript.Text.Replace("</script", @"<\/script", StringComparison.OrdinalIgnoreCase)}}
        }).call(window);
        </script>
        """;

    private bool _isDone;

    /// <summary>What has to be shown before some output, if anything. It is to be replaced by <see cref="Remains"/> at once, which leaves the script where it ran and keeps it out of the saved notebook.</summary>
    public MimeBundle? Before(MimeBundle output)
    {
        if (_isDone || !output.TryGetValue(MimeBundle.Html, out string? html) || !FigurePicture.HasCharts(html))
            return null;
        _isDone = true;
        return new MimeBundle(MimeBundle.Html, _script);
    }

    public static MimeBundle Remains => new(MimeBundle.Html, "");
}
