namespace AttentionNotebooks;

/// <summary>How a training run went, point by point.</summary>
public sealed class TrainingHistory
{
    private readonly List<TrainingPoint> points = [];

    /// <summary>A history without points.</summary>
    /// <param name="steps">How many steps the run has in all.</param>
    public TrainingHistory(int steps) => Planned = steps;

    /// <summary>How many steps the run has in all.</summary>
    public int Planned { get; }

    /// <summary>The points so far.</summary>
    public IReadOnlyList<TrainingPoint> Points => points;

    /// <summary>The steps of the points.</summary>
    public double[] Steps => [.. points.Select(point => (double)point.Step)];

    /// <summary>One metric at every point.</summary>
    /// <param name="metric">Its name, as the learner gives it.</param>
    public double[] this[string metric] => [.. points.Select(point => point.Metrics[metric])];

    internal void Add(TrainingPoint point) => points.Add(point);
}
