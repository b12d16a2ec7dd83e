namespace Microsoft.DotNet.Interactive;

/// <summary><c>display</c> as a method of the value.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value below the cell.</summary>
    /// <returns>A handle to replace what is shown.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => KernelInvocationContext.Current.Display(value, mimeTypes);

    /// <summary>Shows text that is content of a MIME type already, such as HTML.</summary>
    /// <returns>A handle to replace what is shown.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => KernelInvocationContext.Current.DisplayAs(value, mimeType);
}
