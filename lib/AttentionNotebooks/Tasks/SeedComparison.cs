namespace AttentionNotebooks;

/// <summary>Contenders trained from several seeds each, with one metric of all runs in a chart that grows: a thin line a seed, their mean in front.</summary>
/// <param name="metric">The metric of the training histories that is shown, the smaller the better.</param>
/// <param name="seeds">Where the randomness of each run starts.</param>
public sealed class SeedComparison(string metric, params IReadOnlyList<long> seeds)
{
    private readonly List<(Contender Contender, List<TrainingHistory> Histories)> runs = [];

    /// <summary>The heading over the chart.</summary>
    public string Title { get; init; } = "";

    /// <summary>The sentence under the chart.</summary>
    public string Caption { get; init; } = "";

    /// <summary>A level that runs are to reach, drawn dashed.</summary>
    public double? Target { get; init; }

    /// <summary>Trains every contender from every seed, and shows the chart while it grows.</summary>
    /// <param name="contenders">Who; those trained before stay in the chart.</param>
    public void TrainLive(params IReadOnlyList<Contender> contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        using var live = new LiveFigure(Chart);
        foreach (var contender in contenders)
        {
            var histories = new List<TrainingHistory>();
            runs.Add((contender, histories));
            foreach (var seed in seeds)
            {
                using var run = AttentionTask.Train(contender, seed, progress: history =>
                {
                    if (histories.Count == 0 || histories[^1] != history) histories.Add(history);
                    live.Update();
                });
            }
        }
    }

    /// <summary>All runs so far.</summary>
    public LineChart Chart()
    {
        var planned = runs.Max(run => run.Contender.Options.Steps);
        var series = runs.Select(run => new Series(run.Contender.Name, run.Contender.Role, run.Histories.MaxBy(history => history.Points.Count)?.Steps ?? [], run.Histories.Select(history => history[metric])));
        if (Target is { } target) series = series.Append(new Series("target", Role.Exact, [0, planned], [target, target]));
        return new LineChart("training step", new Panel(metric, series) { From = 0 }) { XTo = planned, Title = Title, Caption = Caption };
    }

    /// <summary>How long each contender took to the target: the first step at which the metric is as low, for each seed; not a number where a run did not get there.</summary>
    /// <exception cref="InvalidOperationException">There is no target.</exception>
    public IReadOnlyList<(Contender Contender, double[] Steps)> StepsToTarget()
    {
        var target = Target ?? throw new InvalidOperationException("There is no target to reach: set Target.");
        return [.. runs.Select(run => (run.Contender, run.Histories.Select(history => StepsTo(target, history)).ToArray()))];
    }

    private double StepsTo(double target, TrainingHistory history) =>
        history.Points.FirstOrDefault(point => point.Metrics[metric] <= target)?.Step ?? double.NaN;
}
