using System.Diagnostics;

namespace AttentionNotebooks;

/// <summary>Times a training run, going on from the last point before it was broken off.</summary>
/// <param name="last">That point; null for a run from the beginning.</param>
internal sealed class TrainingClock(TrainingPoint? last)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly TimeSpan processorTime = Environment.CpuUsage.TotalTime;

    /// <summary>A point of the history, now.</summary>
    public TrainingPoint At(int step, IReadOnlyDictionary<string, double> metrics) => new(
        step,
        (last?.Seconds ?? 0) + watch.Elapsed.TotalSeconds,
        (last?.ProcessorSeconds ?? 0) + (Environment.CpuUsage.TotalTime - processorTime).TotalSeconds,
        Environment.WorkingSet / 1e6,
        metrics);
}
