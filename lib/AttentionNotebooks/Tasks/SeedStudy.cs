using System.Globalization;
using MathNet.Numerics.Distributions;

namespace AttentionNotebooks;

/// <summary>Contenders of a task, each trained and tested from several seeds: what one seed cannot tell, whether a difference is there at all.</summary>
public sealed class SeedStudy
{
    private readonly Trained[] trained;

    private SeedStudy(IEnumerable<Trained> trained) => this.trained = [.. trained];

    /// <summary>The contenders, in the order in which they were trained.</summary>
    public IReadOnlyList<Contender> Contenders => [.. trained.Select(run => run.Contender).DistinctBy(contender => contender.Name, StringComparer.Ordinal)];

    /// <summary>Trains every contender from every seed and tests it, and shows the curves of all while they grow: a thin line a seed.</summary>
    /// <param name="first">The first seed; the others follow on it.</param>
    /// <param name="seeds">How many seeds, at least 1.</param>
    /// <param name="change">Makes a contender's options from those of its quick profile; null for these.</param>
    /// <param name="contenders">Who; no two of the same name.</param>
    public static SeedStudy Live(long first, int seeds, Func<TrainingOptions, TrainingOptions>? change, params IReadOnlyList<Contender> contenders)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        ArgumentNullException.ThrowIfNull(contenders);
        var histories = new List<(string Name, Role Role, TrainingHistory History)>();
        using var live = new LiveFigure(() => TrainingCurves.Of(histories));
        return new SeedStudy(contenders.SelectMany(contender => Enumerable.Range(0, seeds).Select(seed => Once(contender, first + seed))));

        Trained Once(Contender contender, long seed)
        {
            using var run = AttentionTask.Train(contender, seed, change?.Invoke(contender.Options), history =>
            {
                if (histories.Count == 0 || histories[^1].History != history) histories.Add((contender.Name, contender.Role, history));
                live.Update();
            });
            return new Trained(contender, AttentionTask.Test(run), run.History);
        }
    }

    /// <summary>A metric of a contender in its usual evaluation mode, a value a seed.</summary>
    /// <param name="contender">Its name.</param>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">There is no such contender; the message names those that there are.</exception>
    public IReadOnlyList<double> this[string contender, Metric metric]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(metric);
            var results = trained.Where(run => run.Contender.Name == contender).Select(run => run.Results[0].Metrics[metric.Name]).ToArray();
            return results.Length > 0 ? results : throw new ArgumentException($"There is no contender “{contender}”, but {string.Join(", ", Contenders)}.", nameof(contender));
        }
    }

    /// <summary>The mean over the seeds, and its 95 % interval (Student's t).</summary>
    /// <param name="contender">Its name.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>The mean and the ends of the interval, a share's within 0..1; all the same number where there is one seed.</returns>
    public (double Mean, double Low, double High) Mean(string contender, Metric metric)
    {
        var values = this[contender, metric];
        var mean = values.Average();
        if (values.Count == 1) return (mean, mean, mean);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        // x̄ ± t s / √n
        var half = StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * deviation / Math.Sqrt(values.Count);
        return metric.Share ? (mean, Math.Max(0, mean - half), Math.Min(1, mean + half)) : (mean, mean - half, mean + half);
    }

    /// <summary>A bar for each contender: the mean over the seeds, and a dot a seed.</summary>
    /// <param name="metric">The metric.</param>
    public IEnumerable<Bar> Bars(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Contenders.Select(contender => new Bar(contender.Name, contender.Role, this[contender.Name, metric].Average()) { Runs = this[contender.Name, metric] });
    }

    /// <summary>How a metric of the training history went, a run a seed.</summary>
    /// <param name="contender">The contender's name.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="name">What stands beside the line; the contender's name unless given.</param>
    /// <param name="role">What it stands for; the contender's role unless given.</param>
    /// <exception cref="ArgumentException">There is no such contender; the message names those that there are.</exception>
    /// <exception cref="KeyNotFoundException">Its history has no such metric.</exception>
    public Series Curve(string contender, Metric metric, string? name = null, Role? role = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var histories = trained.Where(run => run.Contender.Name == contender).Select(run => run.History).ToArray();
        if (histories.Length == 0) throw new ArgumentException($"There is no contender “{contender}”, but {string.Join(", ", Contenders)}.", nameof(contender));
        return new Series(name ?? contender, role ?? Contenders.First(one => one.Name == contender).Role, histories[0].Steps, histories.Select(history => history[metric.Name]));
    }

    /// <summary>Metrics in a table: means over the seeds, with 95 % intervals of the mean.</summary>
    /// <param name="metrics">The metrics.</param>
    public Table Scores(params IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var seeds = trained.Length / Math.Max(1, Contenders.Count);
        var table = new Table(["", .. metrics.Select(metric => metric.Name)])
        {
            Caption = string.Create(CultureInfo.InvariantCulture, $"Means over {seeds} seed{(seeds == 1 ? "" : "s; brackets are 95 % intervals of the mean")}."),
        };
        foreach (var contender in Contenders) table.Row([contender.Name, .. metrics.Select(metric => Text(contender.Name, metric))]);
        return table;
    }

    private string Text(string contender, Metric metric)
    {
        var (mean, low, high) = Mean(contender, metric);
        return low == high || double.IsNaN(mean) ? metric.Text(mean) : $"{metric.Text(mean)} [{metric.Text(low).Replace(" %", "", StringComparison.Ordinal)}, {metric.Text(high).Replace(" %", "", StringComparison.Ordinal)}]";
    }

    private sealed record Trained(Contender Contender, IReadOnlyList<TestResult> Results, TrainingHistory History);
}
