namespace AttentionNotebooks;

/// <summary>Every contender of several tasks beside soft attention in its own task: what it is ahead or behind, and what it costs, or where it points, for that.</summary>
/// <param name="Places">All of them.</param>
public sealed record Frontier(params IReadOnlyList<FrontierPlace> Places)
{
    private const string Soft = "soft";

    // What tells whether attention is at the right place; translation has no truth of that kind.
    private static readonly (string Experiment, string? Pointing)[] Tasks =
    [
        ("digits-cluttered", "pointing"), ("digits-two-looks", "pointing"), ("captioning-scenes", "pointing"), ("vqa-sort-of-clevr", "pointing"),
        ("translation-iso", null), ("speech-strings", "aligned"), ("sentiment-reviews", "reason precision"),
    ];

    /// <summary>Takes the recorded rows of all uses of attention, the quick profile, each contender in its usual evaluation mode, the mean over its seeds.</summary>
    /// <param name="results">The folder of result files.</param>
    public static Frontier Of(string results) => new([.. Tasks.SelectMany(task => Of(results, task.Experiment, task.Pointing))]);

    /// <summary>Points of the score over soft attention, against operations to answer as a multiple of soft attention's.</summary>
    public PointChart AgainstOperations() => Chart("operations to answer, soft = 1", place => place.Operations, log: true, "Ahead of soft attention, and what an answer costs", "Left: cheaper.");

    /// <summary>Points of the score over soft attention, against processor time to train as a multiple of soft attention's.</summary>
    public PointChart AgainstSeconds() => Chart("processor time to train, soft = 1", place => place.Seconds, log: true, "Ahead of soft attention, and what training costs", "Left: cheaper.");

    /// <summary>Points of the score over soft attention, against how much more often it points at the right place.</summary>
    public PointChart AgainstPointing() => Chart("right places over soft, points", place => 100 * place.Pointing, log: false, "Ahead of soft attention, and where it looks", "Right: more often at the right place.");

    /// <summary>The places that no other of the same task is both ahead of and cheaper than.</summary>
    /// <param name="cost">What it costs, the less the better; null where that is not known.</param>
    public IEnumerable<FrontierPlace> Best(Func<FrontierPlace, double?> cost) => Places.Where(place => cost(place) is { } own && !Places.Any(other =>
        other.Task == place.Task && cost(other) is { } theirs && theirs <= own && other.Ahead >= place.Ahead && (theirs < own || other.Ahead > place.Ahead)));

    private PointChart Chart(string name, Func<FrontierPlace, double?> x, bool log, string title, string caption)
    {
        var known = Places.Where(place => x(place) is not null).ToArray();
        return new PointChart(name, "score over soft, points", known.Select(place => new Point($"{place.Task}: {place.Contender}", place.Role, x(place)!.Value, 100 * place.Ahead)))
        {
            LogX = log,
            Named = false,
            Height = 460,
            Title = title,
            Caption = $"One point a contender of {known.Select(place => place.Task).Distinct(StringComparer.Ordinal).Count()} tasks, named under the pointer: means over seeds, quick profile. Blue: soft; orange: hard; purple: sparse; green: hybrid; grey: the plain average. {caption}",
        };
    }

    private static IEnumerable<FrontierPlace> Of(string results, string experiment, string? pointing)
    {
        using var task = TaskList.Of(experiment).Create(DataRoot.Find());
        var rows = new ResultFile(Shard.Whole.FileIn(results, experiment)).Rows.Where(row => row.Profile == RunProfile.Quick).ToArray();
        var score = task.Metrics[0];
        var soft = At(task[Soft])!;
        foreach (var contender in task.Contenders.Where(contender => contender.Role != Role.Control || contender.Name == Mechanisms.Average.Name))
        {
            if (At(contender) is not { } own) continue;
            yield return new FrontierPlace(
                experiment, contender.Name, contender.Role, score.Higher ? own.Score - soft.Score : soft.Score - own.Score,
                own.Operations / soft.Operations, own.Seconds / soft.Seconds, own.Pointing - soft.Pointing);
        }

        Measured? At(Contender contender)
        {
            var runs = rows.Where(row => row.Condition == contender.Name).ToArray();
            double? Mean(string? metric) => metric is not null && runs.Select(run => run.Results.First().Value.GetValueOrDefault(metric)).OfType<double>().ToArray() is { Length: > 0 } values ? values.Average() : null;
            return Mean(score.Name) is { } mean ? new Measured(mean, AttentionTask.MegaFlops(contender), runs.Average(run => run.ProcessorSeconds), Mean(pointing)) : null;
        }
    }

    private sealed record Measured(double Score, double? Operations, double Seconds, double? Pointing);
}
