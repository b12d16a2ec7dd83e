using Spectre.Console;

namespace NotebookHost;

/// <summary>A bar per notebook on a terminal.</summary>
internal sealed class BarProgress(IAnsiConsole console, Func<NotebookRun, TimeSpan?> remaining) : IRunProgress
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    public Task ShowAsync(IReadOnlyList<NotebookRun> runs, Task work) => console.Progress()
        .AutoClear(false)
        .Columns(new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async context =>
        {
            ProgressTask[] bars = [.. runs.Select(run => context.AddTask(Text(run), autoStart: false, maxValue: Math.Max(1, run.CellCount)))];
            bool over;
            do
            {
                over = work.IsCompleted;
                for (int i = 0; i < runs.Count; i++)
                    Show(bars[i], runs[i]);
                if (!over)
                    await Task.WhenAny(work, Task.Delay(_look));
            }
            while (!over);
            await work;
        });

    private void Show(ProgressTask bar, NotebookRun run)
    {
        if (run.State != RunState.Waiting && !bar.IsStarted)
            bar.StartTask();
        bar.Description = Text(run);
        bar.Value = run.State == RunState.Done ? bar.MaxValue : run.CellSeconds.Length;
        if (run.IsOver && bar.IsStarted)
            bar.StopTask();
    }

    private string Text(NotebookRun run)
    {
        string colour = run.State switch { RunState.Done => "green", RunState.Failed => "red", RunState.Interrupted => "yellow", RunState.Waiting => "grey", _ => "default" };
        string progress = run.State == RunState.Running ? RunReport.Progress(run, remaining(run)) : RunReport.State(run);
        return $"{Markup.Escape(run.Notebook.Name)}  [{colour}]{Markup.Escape(progress)}[/]";
    }
}
