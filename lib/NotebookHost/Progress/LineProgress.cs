using System.Diagnostics;

namespace NotebookHost;

/// <summary>Plain lines for logs: at each notebook's start and end, now and then at a new cell, and a sign of life in a long one.</summary>
internal sealed class LineProgress(TextWriter output, Func<NotebookRun, TimeSpan?> remaining) : IRunProgress
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(30);

    public async Task ShowAsync(IReadOnlyList<NotebookRun> runs, Task work)
    {
        Line[] lines = [.. runs.Select(run => new Line(run))];
        bool over;
        do
        {
            over = work.IsCompleted;
            foreach (Line line in lines.Where(line => line.IsDue()))
                output.WriteLine($"{line.Run.Notebook.Name}  {Text(line.Run)}");
            if (!over)
                await Task.WhenAny(work, Task.Delay(_look));
        }
        while (!over);
        await work;
    }

    private string Text(NotebookRun run) => run.State switch
    {
        RunState.Running => RunReport.Progress(run, remaining(run)),
        _ => RunReport.State(run),
    };

    private sealed class Line(NotebookRun run)
    {
        private RunState _state = RunState.Waiting;
        private int _cell = -1;
        private long _written;

        public NotebookRun Run => run;

        public bool IsDue()
        {
            TimeSpan since = Stopwatch.GetElapsedTime(_written);
            bool news = run.Cell != _cell && since > _betweenLines;
            bool due = run.State != _state || (run.State == RunState.Running && (news || since > _silence));
            if (due)
                (_state, _cell, _written) = (run.State, run.Cell, Stopwatch.GetTimestamp());
            return due;
        }
    }
}
