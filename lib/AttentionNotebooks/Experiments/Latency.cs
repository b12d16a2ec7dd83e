using System.Diagnostics;

namespace AttentionNotebooks;

/// <summary>How long something takes, over many repetitions.</summary>
/// <param name="Median">Half of the repetitions took no longer, in milliseconds.</param>
/// <param name="Percentile99">99 of 100 repetitions took no longer, in milliseconds.</param>
public sealed record Latency(double Median, double Percentile99)
{
    /// <summary>Measures it, after a tenth as many repetitions that are not counted.</summary>
    /// <param name="action">What to measure.</param>
    /// <param name="repetitions">How often, at least 1.</param>
    public static Latency Of(Action action, int repetitions = 200)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        for (var i = 0; i <= repetitions / 10; i++) action();
        var times = new double[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return new Latency(times[(repetitions - 1) / 2], times[(int)Math.Ceiling(0.99 * repetitions) - 1]);
    }
}
