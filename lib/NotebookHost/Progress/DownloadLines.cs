using System.Diagnostics;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>Plain lines for logs: where a file comes from, how far it is now and then, and when all of it is there.</summary>
internal sealed class DownloadLines(TextWriter output, DataRoot root) : IDownloadProgress, IProgress<DataProgress>
{
    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(5);

    private (string File, Uri? Mirror) _current;
    private long _written;

    public Task ShowAsync(Func<IProgress<DataProgress>, Task> work) => work(this);

    public void Report(DataProgress value)
    {
        bool isNew = _current != (value.File, value.Mirror);
        if (!isNew && value.Received != value.Total && Stopwatch.GetElapsedTime(_written) < _betweenLines)
            return;
        if (isNew)
            output.WriteLine($"{DataText.Place(root, value.File)}  from {value.Mirror.Host}");
        (_current, _written) = ((value.File, value.Mirror), Stopwatch.GetTimestamp());
        output.WriteLine($"{DataText.Place(root, value.File)}  {DataText.Progress(value)}");
    }
}
