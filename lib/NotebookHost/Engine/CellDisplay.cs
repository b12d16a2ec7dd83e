namespace NotebookHost;

/// <summary>The way from a value in a cell to the sink; the names that cells call lead here.</summary>
internal sealed class CellDisplay : IDisposable
{
    private static CellDisplay? _current;
    private readonly IOutputSink _sink;
    private int _displays;

    private CellDisplay(IOutputSink sink) => _sink = sink;

    public static CellDisplay Current => _current
        ?? throw new InvalidOperationException("display was called while no notebook runs in this process.");

    public static CellDisplay Open(IOutputSink sink)
    {
        var display = new CellDisplay(sink);
        if (Interlocked.CompareExchange(ref _current, display, null) is not null)
            throw new InvalidOperationException("This process runs a notebook already. Dispose of the first engine, or start another process.");
        return display;
    }

    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The types wanted, or none for all that the value has.</param>
    /// <returns>The id to update the output by.</returns>
    public string Show(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        string id = $"display-{Interlocked.Increment(ref _displays)}";
        _sink.Display(ValueFormatter.Format(value, mimeTypes), id);
        return id;
    }

    public string ShowAs(string content, string mimeType)
    {
        string id = $"display-{Interlocked.Increment(ref _displays)}";
        _sink.Display(new MimeBundle(mimeType, content), id);
        return id;
    }

    public void Update(string id, object? value, IReadOnlyCollection<string> mimeTypes) =>
        _sink.UpdateDisplay(ValueFormatter.Format(value, mimeTypes), id);

    public void UpdateAs(string id, string content, string mimeType) => _sink.UpdateDisplay(new MimeBundle(mimeType, content), id);

    /// <summary>Shows the value that a cell ends with; nothing for null or for what is displayed already.</summary>
    public void ShowResult(object? value)
    {
        if (value is not (null or Microsoft.DotNet.Interactive.DisplayedValue))
            _sink.Result(ValueFormatter.Format(value, []));
    }

    public void Clear(bool wait) => _sink.ClearOutput(wait);

    public void Dispose() => Interlocked.CompareExchange(ref _current, null, this);
}
