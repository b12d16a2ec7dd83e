using System.Globalization;

namespace AttentionNotebooks;

/// <summary>Tables and charts of what came out on the canvas task.</summary>
public static class CanvasReport
{
    /// <summary>What training took.</summary>
    public static Table Training(params IEnumerable<CanvasRun> runs) => TrainingCurves.Bill(runs.Select(run => (run.Name, run.History)));

    /// <summary>How well the readers read and point, each with its evaluation mode.</summary>
    public static Table Scores(IReadOnlyList<CanvasResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var table = new Table("trained as", "tested with", "accuracy", "touches", "pointing")
        {
            Caption = Text($"{results[0].Scores.Accuracy.Trials:N0} test canvases; brackets are 95 % intervals. Readers that cannot aim point by chance."),
        };
        foreach (var (run, mode, scores) in results)
            table.Row(run.Name, mode, scores.Accuracy.ToString(), scores.Touching.Percent, scores.Pointing.Percent);
        return table;
    }

    /// <summary>Accuracies side by side, with their intervals.</summary>
    public static BarComparison Accuracies(IReadOnlyList<CanvasResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new BarComparison("accuracy", results.Select(Bar))
        {
            Title = "Accuracy, by how a reader was trained and how it was tested",
            Caption = "Test canvases read rightly, with 95 % intervals. Blue soft, orange hard, grey readers that cannot aim.",
            Percent = true,
            To = 1,
        };
    }

    /// <summary>What reading costs.</summary>
    public static Table Costs(params IReadOnlyList<(string Name, CanvasCost Cost)> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        var table = new Table("", "million operations", "one canvas alone", "99 of 100 within", "one of 100 together")
        {
            Caption = "Operations of convolutions and linear layers; times are medians, on this machine.",
        };
        foreach (var (name, cost) in costs)
            table.Row(name, Text($"{cost.MegaFlops:F2}"), Text($"{cost.Alone.Median:F2} ms"), Text($"{cost.Alone.Percentile99:F2} ms"), Text($"{cost.Batched:F3} ms"));
        return table;
    }

    private static Bar Bar(CanvasResult result)
    {
        var accuracy = result.Scores.Accuracy;
        return new Bar($"{result.Run.Name}, {result.Mode}", result.Run.Role, accuracy.Value, accuracy.Low, accuracy.High);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
