using System.Globalization;
using System.Text;

namespace AttentionNotebooks;

/// <summary>Published results beside ours, in Markdown.</summary>
public static class ReproductionTable
{
    /// <summary>A row for each result: what the sources have, what ours gave by evaluation mode, the mean over seeds, and which is better.</summary>
    /// <param name="reproduction">What is compared.</param>
    /// <param name="rows">Our rows.</param>
    /// <param name="testCount">How many test examples ours are shares of.</param>
    public static string Of(Reproduction reproduction, IReadOnlyList<ResultRow> rows, long testCount)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        var modes = reproduction.Modes.Select(mode => mode.Length == 0 ? "ours" : $"ours, {mode}");
        Line(text, ["", .. reproduction.Sources, .. modes, "seeds", "steps", $"beside {reproduction.Sources[0]}"]);
        Line(text, ["---", .. reproduction.Sources.Select(_ => "---:"), .. reproduction.Modes.Select(_ => "---:"), "---:", "---:", "---"]);
        foreach (var row in reproduction.Rows) Line(text, Cells(reproduction, row, [.. rows.Where(ours => ours.Condition == row.Condition && ours.Profile == reproduction.Profile)], testCount));
        return text.ToString();
    }

    /// <summary>Which is better, if the published number is known exactly: level where it lies within the 95 % interval of ours.</summary>
    /// <param name="metric">What is compared.</param>
    /// <param name="ours">Ours, a share where the metric is one.</param>
    /// <param name="published">The published number, in percent where the metric is a share.</param>
    /// <param name="trials">How many test examples ours is a share of.</param>
    public static string Judge(Metric metric, double ours, double published, long trials)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var theirs = metric.Share ? published / 100 : published;
        if (metric.Share && new Proportion(ours, trials) is var interval && theirs >= interval.Low && theirs <= interval.High) return "level";
        return metric.IsBetter(ours, theirs) ? "**better**" : "worse";
    }

    private static IEnumerable<string> Cells(Reproduction reproduction, PublishedRow row, ResultRow[] ours, long testCount)
    {
        var values = reproduction.Modes.Select(mode => Value(row.Metric, mode, ours)).ToArray();
        // Whoever has one mode only has it in the last column.
        var judged = values.LastOrDefault(value => value is not null);
        return
        [
            row.Name,
            .. row.Published.Select(value => value is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) : "–"),
            .. values.Select(value => value is { } number ? Text(row.Metric, number) : "–"),
            ours.Length == 0 ? "–" : ours.Length.ToString(CultureInfo.InvariantCulture),
            ours.Length == 0 ? "not run yet" : ours[0].Steps.ToString("N0", CultureInfo.InvariantCulture),
            judged is { } best && row.Published[0] is { } published ? Judge(row.Metric, best, published, testCount) : "",
        ];
    }

    private static string Text(Metric metric, double value) => ((metric.Share ? 100 : 1) * value).ToString("F2", CultureInfo.InvariantCulture);

    // A contender that can be tested in one way only has no name for it.
    private static double? Value(Metric metric, string mode, ResultRow[] ours)
    {
        var values = ours.Select(row => mode.Length == 0 ? row.Results.First().Value : row.Results.GetValueOrDefault(mode) ?? (row.Results.Count == 1 && row.Results.ContainsKey("") ? row.Results[""] : null))
            .Select(results => results?.GetValueOrDefault(metric.Name)).OfType<double>().ToArray();
        return values.Length == 0 ? null : values.Average();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
