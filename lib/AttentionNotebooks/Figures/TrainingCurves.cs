using System.Globalization;

namespace AttentionNotebooks;

/// <summary>Draws training histories: one panel a metric, one line a run.</summary>
public static class TrainingCurves
{
    /// <summary>Draws them against training steps.</summary>
    /// <param name="runs">Each with its name, its role, and the history so far; several of one name are seeds of the same.</param>
    public static LearningCurves Of(params IReadOnlyList<(string Name, Role Role, TrainingHistory History)> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var metrics = runs.SelectMany(run => run.History.Points.Take(1)).SelectMany(point => point.Metrics.Keys).Distinct(StringComparer.Ordinal);
        return new LearningCurves(metrics.Select(metric => Panel(metric, runs)))
        {
            XTo = runs.Max(run => run.History.Planned),
            Caption = "On the batches that are trained on, each before its step; every point is the mean since the point before.",
        };
    }

    /// <summary>Trains, and shows the curves while they grow.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="role">The colour of its lines.</param>
    /// <param name="train">Trains, and calls what it is given whenever the history has a new point.</param>
    /// <returns>The whole history.</returns>
    public static TrainingHistory Live(string name, Role role, Func<Action<TrainingHistory>, TrainingHistory> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        TrainingHistory? history = null;
        using var live = new LiveFigure(() => Of((name, role, history!)));
        return train(grown =>
        {
            history = grown;
            live.Update();
        });
    }

    /// <summary>What training took.</summary>
    /// <param name="runs">Each with its name and its whole history.</param>
    public static Table Bill(params IEnumerable<(string Name, TrainingHistory History)> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var table = new Table("", "training steps", "seconds", "ms a step") { Caption = "Training, one after the other." };
        foreach (var (name, history) in runs)
        {
            var (steps, seconds) = (history.Last!.Step, history.Last.Seconds);
            table.Row(name, Text($"{steps:N0}"), Text($"{seconds:F0}"), Text($"{1000 * seconds / steps:F1}"));
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Of the runs that have the metric. Shares are drawn from 0 to 100 %, so that a chart does not jump while it grows.
    private static Panel Panel(string metric, IReadOnlyList<(string Name, Role Role, TrainingHistory History)> runs)
    {
        var share = metric is not ("loss" or "squared error" or "looks" or "α");
        // Runs of one name are one line, with a thin one for each seed.
        var series = runs.Where(run => run.History.Points.All(point => point.Metrics.ContainsKey(metric))).GroupBy(run => (run.Name, run.Role), run => run.History)
            .Select(of => new Series(of.Key.Name, of.Key.Role, of.MaxBy(history => history.Points.Count)!.Steps, of.Select(history => history[metric])));
        return share ? new Panel(metric, series) { From = 0, To = 1, Percent = true } : new Panel(metric is "loss" ? "loss (nats)" : metric, series) { From = 0 };
    }
}
