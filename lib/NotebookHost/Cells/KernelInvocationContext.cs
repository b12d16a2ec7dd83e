using NotebookHost;

namespace Microsoft.DotNet.Interactive;

/// <summary>The running cell, as far as a cell may want to show something in it.</summary>
public sealed class KernelInvocationContext
{
    private KernelInvocationContext()
    {
    }

    /// <summary>The context of the notebook that runs in this process.</summary>
    public static KernelInvocationContext Current { get; } = new();

    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Anything; null is shown as <c>null</c>.</param>
    /// <param name="mimeTypes">The MIME types wanted, or none for all that the value has.</param>
    /// <returns>A handle to replace what is shown.</returns>
    public DisplayedValue Display(object? value, params string[] mimeTypes) => new(CellDisplay.Current.Show(value, mimeTypes), mimeTypes);

    /// <summary>Shows text that is content of a MIME type already.</summary>
    /// <returns>A handle to replace what is shown.</returns>
    public DisplayedValue DisplayAs(string value, string mimeType) => new(CellDisplay.Current.ShowAs(value, mimeType), [mimeType], isContent: true);
}
