namespace AttentionNotebooks;

/// <summary>How a training run went, point by point.</summary>
public sealed class TrainingHistory
{
    private readonly List<TrainingPoint> points = [];

    /// <summary>A history without points.</summary>
    /// <param name="steps">How many steps the run has in all.</param>
    public TrainingHistory(int steps) => Planned = steps;

    /// <summary>How many steps the run has in all; one that stopped early has done fewer.</summary>
    public int Planned { get; }

    /// <summary>The points so far.</summary>
    public IReadOnlyList<TrainingPoint> Points => points;

    /// <summary>The last point so far; null before the first.</summary>
    public TrainingPoint? Last => points.Count == 0 ? null : points[^1];

    /// <summary>The steps of the points.</summary>
    public double[] Steps => [.. points.Select(point => (double)point.Step)];

    /// <summary>One metric at every point; not a number where it was not measured.</summary>
    /// <param name="metric">Its name, as the learner gives it.</param>
    /// <exception cref="KeyNotFoundException">No point has it.</exception>
    public double[] this[string metric] => points.Count == 0 || points.Exists(point => point.Metrics.ContainsKey(metric))
        ? [.. points.Select(point => point.Metrics.GetValueOrDefault(metric, double.NaN))]
        : throw new KeyNotFoundException($"The history has no {metric}, but {string.Join(", ", points[0].Metrics.Keys)}.");

    internal void Add(TrainingPoint point) => points.Add(point);

    internal void Write(BinaryWriter file)
    {
        file.Write(points.Count);
        foreach (var point in points) point.Write(file);
    }

    internal static TrainingHistory Read(BinaryReader file, int steps)
    {
        var history = new TrainingHistory(steps);
        for (var left = file.ReadInt32(); left > 0; left--) history.Add(TrainingPoint.Read(file));
        return history;
    }
}
