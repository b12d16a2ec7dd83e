namespace AttentionNotebooks;

/// <summary>How a training run went, in few points: what it takes to tell who learns faster.</summary>
/// <param name="Steps">Steps done at each point.</param>
/// <param name="Seconds">Processor time until then.</param>
/// <param name="Metrics">Each training metric, its mean over the steps since the point before.</param>
public sealed record LearningCurve(IReadOnlyList<int> Steps, IReadOnlyList<double> Seconds, IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics)
{
    private const int MostPoints = 20, Digits = 4;

    /// <summary>A history in at most twenty points: neighbours become one, their mean.</summary>
    /// <param name="history">The history, with points at even distances.</param>
    public static LearningCurve Of(TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var groups = history.Points.Chunk((history.Points.Count + MostPoints - 1) / MostPoints).ToArray();
        // What validation measures is not at every point.
        var always = history.Points[0].Metrics.Keys.Where(name => history.Points.All(point => point.Metrics.ContainsKey(name)));
        return new LearningCurve(
            [.. groups.Select(group => group[^1].Step)],
            [.. groups.Select(group => Math.Round(group[^1].ProcessorSeconds, 2))],
            always.ToDictionary(name => name, name => (IReadOnlyList<double>)[.. groups.Select(group => Math.Round(group.Average(point => point.Metrics[name]), Digits))], StringComparer.Ordinal));
    }

    /// <summary>The mean of a metric over the first part of the training.</summary>
    /// <param name="metric">Its name, as training reports it.</param>
    /// <param name="per">Whether that part is so many steps or so many seconds.</param>
    /// <param name="until">Where it ends, at most at the last point.</param>
    /// <returns>The mean; null where the metric was not reported.</returns>
    public double? Mean(string metric, Pace per, double until)
    {
        if (!Metrics.TryGetValue(metric, out var values)) return null;
        var (sum, from) = (0.0, 0.0);
        foreach (var (at, value) in Along(per).Zip(values))
        {
            sum += value * (Math.Min(at, until) - Math.Min(from, until));
            from = at;
        }

        return sum / until;
    }

    /// <summary>Where the last point is.</summary>
    /// <param name="per">In steps or in seconds.</param>
    public double Length(Pace per) => Along(per)[^1];

    private double[] Along(Pace per) => per == Pace.Second ? [.. Seconds] : [.. Steps.Select(step => (double)step)];
}
