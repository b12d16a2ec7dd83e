using NotebookHost;

// The names that a cell written for .NET Interactive expects, under the namespaces it expects them in, so that one notebook runs in
// both. Only what cells of a tutorial use; the package itself is discontinued and not referenced.
namespace Microsoft.DotNet.Interactive;

/// <summary>The functions that every cell may call without a directive.</summary>
public static class Kernel
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Anything; null is shown as <c>null</c>.</param>
    /// <param name="mimeTypes">The MIME types wanted, or none for all that the value has.</param>
    /// <returns>A handle to replace what is shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => KernelInvocationContext.Current.Display(value, mimeTypes);

    /// <summary>Marks text as HTML, to be displayed or to end a cell with.</summary>
    public static HtmlContent HTML(string content) => new(content);

    /// <summary>Runs a script in the page, where the cell's output is.</summary>
    public static DisplayedValue Javascript(string scriptContent) =>
        KernelInvocationContext.Current.DisplayAs($"<script type=\"text/javascript\">{scriptContent}</script>", MimeBundle.Html);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output arrives.</param>
    public static void clear_output(bool wait = false) => CellDisplay.Current.Clear(wait);
}
