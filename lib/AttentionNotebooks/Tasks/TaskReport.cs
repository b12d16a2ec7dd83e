using System.Globalization;

namespace AttentionNotebooks;

/// <summary>Tables and charts of what came out on a task: of models just trained, and of rows recorded before.</summary>
/// <param name="task">The task.</param>
public sealed class TaskReport(AttentionTask task)
{
    /// <summary>What training took.</summary>
    /// <param name="runs">The trained models.</param>
    public static Table Training(params IEnumerable<TaskRun> runs) => TrainingCurves.Bill(runs.Select(run => (run.Contender.Name, run.History)));

    /// <summary>Every metric of every result; the headline metric with its 95 % interval over the test examples.</summary>
    /// <param name="results">What trained models reached, each with its evaluation mode.</param>
    /// <param name="metrics">The names of the metrics to show; none for all.</param>
    public Table Scores(IReadOnlyList<TestResult> results, params IReadOnlyList<string> metrics)
    {
        ArgumentNullException.ThrowIfNull(results);
        Metric[] shown = [.. task.Metrics.Where(metric => metrics.Count == 0 || metrics.Contains(metric.Name, StringComparer.Ordinal))];
        var table = new Table(["trained as", "tested with", .. shown.Select(metric => metric.Name)]) { Caption = Caption() };
        foreach (var result in results)
            table.Row([result.Contender, result.Mode, .. shown.Select(metric => Text(metric, result))]);
        return table;
    }

    /// <summary>A metric of results side by side, with 95 % intervals where one run has them.</summary>
    /// <param name="results">What trained models reached.</param>
    /// <param name="metric">The metric's name; null for the headline, or the first.</param>
    public BarComparison Bars(IEnumerable<TestResult> results, string? metric = null)
    {
        var shown = Of(metric);
        return new BarComparison(shown.Name, results.Select(result => Bar(shown, result)))
        {
            Percent = shown.Share,
            Caption = $"Data: {task.DataName}. {Caption()}",
        };
    }

    /// <summary>A metric of recorded rows side by side, with a dot a seed: each contender in its usual evaluation mode, in the order of the task.</summary>
    /// <param name="rows">The rows of this task's experiment.</param>
    /// <param name="metric">The metric's name; null for the headline, or the first.</param>
    /// <param name="contenders">Who is shown; none for all that have rows.</param>
    public BarComparison Recorded(IReadOnlyList<ResultRow> rows, string? metric = null, params IReadOnlyList<string> contenders)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var shown = Of(metric);
        var bars = from contender in task.Contenders
                   where contenders.Count == 0 || contenders.Contains(contender.Name, StringComparer.Ordinal)
                   let values = Recorded(rows, contender, shown)
                   where values.Length > 0
                   select new Bar(contender.Name, contender.Role, values.Average()) { Runs = values };
        return new BarComparison(shown.Name, bars)
        {
            Percent = shown.Share,
            Caption = $"Data: {task.DataName}; as recorded in data/results, quick profile; each dot is a seed. Each contender as it is usually tested.",
        };
    }

    /// <summary>One value of a result, with its interval where one run has it.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="result">The result.</param>
    public string Text(Metric metric, TestResult result)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(result);
        var value = result.Metrics[metric.Name];
        return Interval(metric, value)?.ToString() ?? metric.Text(value);
    }

    private static double[] Recorded(IReadOnlyList<ResultRow> rows, Contender contender, Metric metric)
    {
        var mode = contender.Modes.Count == 0 ? "" : contender.Modes[0].Name;
        return [.. rows.Where(row => row.Condition == contender.Name && row.Profile == RunProfile.Quick).OrderBy(row => row.Seed)
            .Select(row => row.Results.GetValueOrDefault(mode)?.GetValueOrDefault(metric.Name)).OfType<double>()];
    }

    private Metric Of(string? name) => name is null
        ? task.Headline ?? task.Metrics[0]
        : task.Metrics.FirstOrDefault(metric => metric.Name == name)
            ?? throw new ArgumentException($"{task.Name} has no metric “{name}”, but {string.Join(", ", task.Metrics.Select(metric => metric.Name))}.", nameof(name));

    private Bar Bar(Metric metric, TestResult result)
    {
        var (value, role) = (result.Metrics[metric.Name], task[result.Contender].Role);
        var interval = Interval(metric, value);
        return new Bar(result.Mode.Length == 0 ? result.Contender : $"{result.Contender}, {result.Mode}", role, double.IsNaN(value) ? 0 : value, interval?.Low, interval?.High);
    }

    private Proportion? Interval(Metric metric, double value) =>
        metric == task.Headline && double.IsFinite(value) ? new Proportion(value, task.TestCount) : null;

    private string Caption() => task.Headline is null
        ? string.Create(CultureInfo.InvariantCulture, $"{task.TestCount:N0} test examples.")
        : string.Create(CultureInfo.InvariantCulture, $"{task.TestCount:N0} test examples; brackets are the 95 % interval of “{task.Headline.Name}”, for this one seed.");
}
