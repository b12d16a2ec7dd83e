using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>What one condition of an experiment gave with one seed: a line of its result file.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Condition">What was tried.</param>
/// <param name="Seed">Where all randomness started.</param>
/// <param name="Profile"><c>quick</c> or <c>full</c>.</param>
/// <param name="Steps">Training steps done.</param>
/// <param name="Results">By evaluation mode (empty where there is only one), then by metric; null stands for what does not apply.</param>
/// <param name="Seconds">Wall time of training.</param>
/// <param name="ProcessorSeconds">Processor time of training, over all threads.</param>
/// <param name="PeakMegabytes">The most memory that the process held while training, in MB.</param>
/// <param name="Versions">The library with its commit, the tensor library and the runtime.</param>
/// <param name="Machine">Processor architecture, cores and system.</param>
public sealed record ResultRow(
    string Experiment,
    string Condition,
    long Seed,
    string Profile,
    int Steps,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>> Results,
    double Seconds,
    double ProcessorSeconds,
    double PeakMegabytes,
    string Versions,
    string Machine)
{
    /// <summary>How training went; null in rows from before it was kept.</summary>
    public LearningCurve? Curve { get; init; }

    /// <summary>What tells a row from all others of its file.</summary>
    public (string Condition, long Seed, string Profile) Key => (Condition, Seed, Profile);

    /// <summary>Trains and tests a contender of a task.</summary>
    /// <param name="experiment">The experiment's id.</param>
    /// <param name="contender">Who.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="profile">How long it is trained.</param>
    /// <param name="checkpoint">The file that keeps the run until it is done, so that one that was broken off goes on from there; null for none.</param>
    /// <param name="progress">Called whenever the history has a new point.</param>
    /// <param name="cancellation">Asks to stop between two steps.</param>
    public static ResultRow Measure(string experiment, Contender contender, long seed, RunProfile profile, string? checkpoint = null, Action<TrainingHistory>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(contender);
        ArgumentNullException.ThrowIfNull(profile);
        using var run = AttentionTask.Train(contender, seed, contender.In(profile) with { Checkpoint = checkpoint }, progress, cancellation);
        var (results, last) = (AttentionTask.Test(run), run.History.Last!);
        return new ResultRow(
            experiment, contender.Name, seed, profile.Name, last.Step,
            results.ToDictionary(result => result.Mode, Values, StringComparer.Ordinal),
            Math.Round(last.Seconds, 2), Math.Round(last.ProcessorSeconds, 2), Math.Round(run.History.Points.Max(point => point.ResidentMegabytes)),
            $"{BuildVersion.Of(typeof(ResultRow))}; TorchSharp {BuildVersion.Of(typeof(torch))}; .NET {Environment.Version}",
            $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}")
        {
            Curve = LearningCurve.Of(run.History),
        };
    }

    // JSON has no word for what is not a number.
    private static IReadOnlyDictionary<string, double?> Values(TestResult result) =>
        result.Metrics.ToDictionary(metric => metric.Key, metric => double.IsFinite(metric.Value) ? metric.Value : (double?)null, StringComparer.Ordinal);
}
