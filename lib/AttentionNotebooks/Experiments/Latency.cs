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
    public static Latency Of(Action action, int repetitions = 200) => InTurn([action], repetitions)[0];

    /// <summary>Measures several things in turn, so that a machine which is slow for a while is slow for all of them: their ratios stay, where each on its own would be off.</summary>
    /// <param name="actions">What to measure.</param>
    /// <param name="repetitions">How often each, at least 1.</param>
    /// <returns>One for each action.</returns>
    public static IReadOnlyList<Latency> InTurn(IReadOnlyList<Action> actions, int repetitions = 200)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        for (var i = 0; i <= repetitions / 10; i++) foreach (var action in actions) Time(action);
        var times = actions.Select(_ => new double[repetitions]).ToArray();
        for (var i = 0; i < repetitions; i++)
        {
            foreach (var (action, of) in actions.Zip(times)) of[i] = Time(action);
        }

        return [.. times.Select(From)];
    }

    private static double Time(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Latency From(double[] times)
    {
        Array.Sort(times);
        return new Latency(times[(times.Length - 1) / 2], times[(int)Math.Ceiling(0.99 * times.Length) - 1]);
    }
}
