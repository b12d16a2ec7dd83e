using System.Globalization;

namespace NotebookHost;

/// <summary>A run in words: the same on the terminal and in the index.</summary>
internal static class RunReport
{
    public static string State(NotebookRun run) => run.State switch
    {
        RunState.Waiting => "waiting",
        RunState.Running => "running",
        RunState.Done => $"done in {Time(run.Elapsed)}",
        RunState.Failed => run.Cell == 0 ? "failed before the first cell" : $"failed at cell {run.Cell}",
        _ => run.WasStarted ? $"interrupted at cell {run.Cell}" : "not run",
    };

    /// <summary>Cell, line and message of what failed.</summary>
    public static string Problem(NotebookRun run)
    {
        string place = run.Error!.Line is { } line ? $"cell {run.Cell}, line {line}" : $"cell {run.Cell}";
        return $"{place}: {run.Error.Name}: {run.Error.Message}";
    }

    public static string Progress(NotebookRun run, TimeSpan? remaining)
    {
        if (run.Cell == 0)
            return "starting";
        string left = remaining is { } time ? $", about {Time(time)} left" : "";
        return $"cell {run.Cell}/{run.CellCount}, {Time(run.Elapsed)} elapsed{left}";
    }

    public static string Time(TimeSpan time)
    {
        int seconds = (int)Math.Round(time.TotalSeconds);
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
