using System.Globalization;
using System.Text;

namespace AttentionNotebooks;

/// <summary>Published results beside ours, in Markdown.</summary>
public static class ReproductionTable
{
    /// <summary>A row for each result: what the sources have, what ours gave by evaluation mode, the mean over seeds with the range where there are several, and which is better.</summary>
    /// <param name="reproduction">What is compared.</param>
    /// <param name="rows">Our rows, of all experiments that the table is of.</param>
    /// <param name="testCount">How many test examples ours are shares of.</param>
    public static string Of(Reproduction reproduction, IReadOnlyList<ResultRow> rows, long testCount)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        var modes = reproduction.Modes.Select(mode => mode.Length == 0 ? "ours" : $"ours, {mode}");
        Line(text, ["", .. reproduction.Sources, .. modes, "seeds", "steps", reproduction.OrderAlone ? "place, ours and theirs" : $"beside {reproduction.Sources[0]}"]);
        Line(text, ["---", .. reproduction.Sources.Select(_ => "---:"), .. reproduction.Modes.Select(_ => "---:"), "---:", "---:", "---"]);
        foreach (var row in reproduction.Rows) Line(text, Cells(reproduction, row, rows, testCount));
        return text.ToString();
    }

    /// <summary>Which is better, if the published number is known exactly: level where it lies within a 95 % interval of ours, over the test examples where ours is a share of them, or over the seeds where there are three.</summary>
    /// <param name="metric">What is compared.</param>
    /// <param name="ours">Ours, of each seed, shares where the metric is one.</param>
    /// <param name="published">The published number, in percent where the metric is a share.</param>
    /// <param name="trials">How many test examples ours is a share of; null where it counts none.</param>
    public static string Judge(Metric metric, IReadOnlyList<double> ours, double published, long? trials)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(ours);
        var theirs = metric.Share ? published / 100 : published;
        var overExamples = metric.Share && trials is { } count && new Proportion(ours.Average(), count) is var share && theirs >= share.Low && theirs <= share.High;
        var overSeeds = new PairedEffect([.. ours.Select(value => value - theirs)]) is { Seeds: >= 3, Low: <= 0, High: >= 0 };
        if (overExamples || overSeeds) return "level";
        return metric.IsBetter(ours.Average(), theirs) ? "**better**" : "worse";
    }

    private static IEnumerable<string> Cells(Reproduction reproduction, PublishedRow row, IReadOnlyList<ResultRow> rows, long testCount)
    {
        var (ours, values) = (Of(reproduction, row, rows), Values(reproduction, row, rows));
        return
        [
            row.Name,
            .. row.Published.Select(value => value is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) : "–"),
            .. values.Select(seeds => Text(row.Metric, seeds)),
            ours.Length == 0 ? "–" : ours.Length.ToString(CultureInfo.InvariantCulture),
            ours.Length == 0 ? "not run yet" : ours[0].Steps.ToString("N0", CultureInfo.InvariantCulture),
            Beside(reproduction, row, rows, testCount),
        ];
    }

    private static string Beside(Reproduction reproduction, PublishedRow row, IReadOnlyList<ResultRow> rows, long testCount)
    {
        if (Judged(reproduction, row, rows) is not { } ours || row.Published[0] is not { } theirs) return "";
        if (!reproduction.OrderAlone) return Judge(row.Metric, ours, theirs, row.Counts ? testCount : null);
        var placed = reproduction.Rows.Where(other => Judged(reproduction, other, rows) is not null && other.Published[0] is not null).ToArray();
        int Place(Func<PublishedRow, double> of) => 1 + placed.Count(other => row.Metric.IsBetter(of(other), of(row)));
        return string.Create(CultureInfo.InvariantCulture, $"{Place(other => Judged(reproduction, other, rows)!.Average())} and {Place(other => other.Published[0]!.Value)} of {placed.Length}");
    }

    private static ResultRow[] Of(Reproduction reproduction, PublishedRow row, IReadOnlyList<ResultRow> rows) =>
        [.. rows.Where(ours => ours.Experiment == (row.Experiment ?? reproduction.Experiment) && ours.Condition == row.Condition && ours.Profile == reproduction.Profile)];

    private static double[][] Values(Reproduction reproduction, PublishedRow row, IReadOnlyList<ResultRow> rows) =>
        [.. reproduction.Modes.Select(mode => OfSeeds(row.Metric, mode, Of(reproduction, row, rows)))];

    // Whoever has one mode only has it in the last column.
    private static double[]? Judged(Reproduction reproduction, PublishedRow row, IReadOnlyList<ResultRow> rows) => Values(reproduction, row, rows).LastOrDefault(seeds => seeds.Length > 0);

    private static string Text(Metric metric, double[] seeds) => seeds.Length switch
    {
        0 => "–",
        1 => Text(metric, seeds[0]),
        _ => $"{Text(metric, seeds.Average())} ({Text(metric, seeds.Min())} to {Text(metric, seeds.Max())})",
    };

    private static string Text(Metric metric, double value) => ((metric.Share ? 100 : 1) * value).ToString("F2", CultureInfo.InvariantCulture);

    // A contender that can be tested in one way only has no name for it.
    private static double[] OfSeeds(Metric metric, string mode, ResultRow[] ours) =>
    [
        .. ours.Select(row => mode.Length == 0 ? row.Results.First().Value : row.Results.GetValueOrDefault(mode) ?? (row.Results.Count == 1 && row.Results.ContainsKey("") ? row.Results[""] : null))
            .Select(results => results?.GetValueOrDefault(metric.Name)).OfType<double>(),
    ];

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
