using NotebookHost;

namespace Microsoft.DotNet.Interactive;

/// <summary>Something that a cell has shown and may replace.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;
    private readonly bool _isContent;

    internal DisplayedValue(string displayId, string[] mimeTypes, bool isContent = false) =>
        (DisplayId, _mimeTypes, _isContent) = (displayId, mimeTypes, isContent);

    /// <summary>What the host knows the output by.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in the place of the first. Where that was content of a MIME type, text is such content too.</summary>
    public void Update(object? updatedValue)
    {
        if (_isContent && updatedValue is string content)
            CellDisplay.Current.UpdateAs(DisplayId, content, _mimeTypes[0]);
        else
            CellDisplay.Current.Update(DisplayId, updatedValue, _mimeTypes);
    }
}
