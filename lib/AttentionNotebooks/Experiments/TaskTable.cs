using System.Globalization;
using System.Text;

namespace AttentionNotebooks;

/// <summary>The table of tasks, mechanisms and controls, in Markdown, made from rows of results.</summary>
public static class TaskTable
{
    /// <summary>The section of one task: a row a contender, profile and evaluation mode, in the order of the task, the mean over seeds, with the range where there are several.</summary>
    /// <param name="task">The task.</param>
    /// <param name="id">Its id.</param>
    /// <param name="rows">Its results.</param>
    public static string Of(AttentionTask task, string id, IReadOnlyList<ResultRow> rows)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"#### {task.Name}: {task.DataName} (`{id}`)\n\n");
        Line(text, ["trained as", "tested with", .. task.Metrics.Select(metric => metric.Name), "seeds", "steps", "processor s"]);
        Line(text, ["---", "---", .. task.Metrics.Select(_ => "---:"), "---:", "---:", "---:"]);
        foreach (var contender in task.Contenders)
        {
            // The quick profile before the full.
            foreach (var runs in rows.Where(row => row.Condition == contender.Name).GroupBy(row => row.Profile, StringComparer.Ordinal).OrderByDescending(profile => profile.Key, StringComparer.Ordinal))
            {
                foreach (var mode in runs.First().Results.Keys) Line(text, Cells(task, contender, mode, [.. runs]));
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Cells(AttentionTask task, Contender contender, string mode, ResultRow[] runs) =>
    [
        contender.Name,
        mode.Length == 0 ? "–" : mode,
        .. task.Metrics.Select(metric => Value(metric, [.. runs.Select(run => run.Results[mode].GetValueOrDefault(metric.Name) ?? double.NaN)])),
        runs.Length.ToString(CultureInfo.InvariantCulture),
        runs[0].Steps.ToString("N0", CultureInfo.InvariantCulture),
        runs.Average(run => run.ProcessorSeconds).ToString("F0", CultureInfo.InvariantCulture),
    ];

    private static string Value(Metric metric, double[] values) => values.Length == 1 || values.Any(double.IsNaN)
        ? metric.Text(values[0])
        : $"{metric.Text(values.Average())} ({metric.Text(values.Min())} to {metric.Text(values.Max())})";

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
