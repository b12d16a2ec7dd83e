using AttentionNotebooks;
using Spectre.Console;

namespace NotebookHost;

/// <summary>A bar per file on a terminal.</summary>
internal sealed class DownloadBars(IAnsiConsole console, DataRoot root) : IDownloadProgress
{
    public Task ShowAsync(Func<IProgress<DataProgress>, Task> work) => console.Progress()
        .AutoClear(false)
        .Columns(new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(context => work(new Bars(context, root)));

    private sealed class Bars(ProgressContext context, DataRoot root) : IProgress<DataProgress>
    {
        private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

        public void Report(DataProgress value)
        {
            if (!_bars.TryGetValue(value.File, out ProgressTask? bar))
                _bars[value.File] = bar = context.AddTask("");
            bar.Description = Markup.Escape($"{DataText.Place(root, value.File)}  {DataText.Progress(value)}  {value.Mirror.Host}");
            bar.IsIndeterminate = value.Total is null;
            bar.MaxValue = value.Total ?? double.MaxValue;
            bar.Value = value.Received;
            if (value.Received == value.Total)
                bar.StopTask();
        }
    }
}
