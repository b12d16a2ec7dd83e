namespace AttentionNotebooks;

/// <summary>One use of attention: data, a model into which any attention plugs, what is measured, and who is compared, controls among them.</summary>
/// <remarks>A task is data and the list of its contenders; how they are trained and tested is the same for all tasks, and is here.</remarks>
public abstract class AttentionTask : IDisposable
{
    // Of a model that can be tested in one way only.
    private static readonly EvaluationMode Only = new("", (model, generator) => model.Test(mode: null, generator));

    private protected AttentionTask(string name, string dataName, params IReadOnlyList<Metric> metrics)
    {
        ArgumentOutOfRangeException.ThrowIfZero(metrics.Count);
        (Name, DataName, Metrics) = (name, dataName, metrics);
    }

    /// <summary>What the task is called.</summary>
    public string Name { get; }

    /// <summary>What its data are called.</summary>
    public string DataName { get; }

    /// <summary>What is measured, the most important first.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>How many test examples <see cref="Headline"/> is a share of.</summary>
    public abstract long TestCount { get; }

    /// <summary>The most important metric that is a share of independent test examples, so that one run has an interval; null where there is none.</summary>
    public virtual Metric? Headline => Metrics[0];

    /// <summary>Who is compared, the controls last.</summary>
    public abstract IReadOnlyList<Contender> Contenders { get; }

    /// <summary>The contender of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public Contender this[string name] => Contenders.FirstOrDefault(contender => contender.Name == name)
        ?? throw new ArgumentException($"{Name} has no contender “{name}”, but {string.Join(", ", Contenders)}.", nameof(name));

    /// <summary>Trains a new model: the same seed, the same model and the same batches.</summary>
    /// <param name="contender">Which.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="options">How; null for the quick profile.</param>
    /// <param name="progress">Called whenever the history has a new point.</param>
    /// <param name="cancellation">Asks to stop between two steps.</param>
    /// <returns>The trained model, the caller's.</returns>
    public static TaskRun Train(Contender contender, long seed, TrainingOptions? options = null, Action<TrainingHistory>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(contender);
        using var generator = new Generator((ulong)seed, torch.CPU);
        var model = contender.Create(generator);
        try
        {
            return new TaskRun(contender, seed, model, new Trainer(options ?? contender.Options).Run(model, generator, progress, cancellation));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Trains new models one after the other, each from the same seed, and shows the curves of all while they grow.</summary>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="change">Makes a contender's options from those of its quick profile; null for these.</param>
    /// <param name="contenders">Which.</param>
    /// <returns>The trained models, the caller's.</returns>
    public static IReadOnlyList<TaskRun> TrainLive(long seed, Func<TrainingOptions, TrainingOptions>? change, params IReadOnlyList<Contender> contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        var histories = new List<(string Name, Role Role, TrainingHistory History)>();
        using var live = new LiveFigure(() => TrainingCurves.Of(histories));
        return [.. contenders.Select(contender => Train(contender, seed, change?.Invoke(contender.Options), Show(contender)))];

        Action<TrainingHistory> Show(Contender contender) => history =>
        {
            if (histories.Count == 0 || histories[^1].History != history) histories.Add((contender.Name, contender.Role, history));
            live.Update();
        };
    }

    /// <summary>Trains a new model, and shows its curves while they grow.</summary>
    /// <param name="contender">Which.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="options">How; null for the quick profile.</param>
    /// <returns>The trained model, the caller's.</returns>
    public static TaskRun TrainLive(Contender contender, long seed, TrainingOptions? options = null) => TrainLive(seed, options is null ? null : _ => options, contender)[0];

    /// <summary>Trains a contender, shows its curves while they grow, and keeps pictures of the way.</summary>
    /// <param name="contender">Which.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="options">How.</param>
    /// <param name="moments">How many pictures, at even distances, the last at the end.</param>
    /// <param name="picture">The picture, from the contender as it is then.</param>
    /// <returns>The trained contender, the caller's, and the pictures, each with the step it is of.</returns>
    public static (TaskRun Run, IReadOnlyList<(int Step, T Picture)> Way) TrainWatched<T>(Contender contender, long seed, TrainingOptions options, int moments, Func<TaskRun, T> picture)
    {
        ArgumentNullException.ThrowIfNull(contender);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(picture);
        ITaskModel? growing = null;
        var watched = contender with { Create = generator => growing = contender.Create(generator) };
        var way = new List<(int Step, T Picture)>();
        TrainingHistory? seen = null;
        using var live = new LiveFigure(() => TrainingCurves.Of(seen is null ? [] : [(contender.Name, contender.Role, seen)]));
        return (Train(watched, seed, options, Look), way);

        void Look(TrainingHistory history)
        {
            seen = history;
            live.Update();
            var step = history.Points[^1].Step;
            if (step * moments < (way.Count + 1) * options.Steps) return;
            way.Add((step, picture(new TaskRun(contender, seed, growing!, history))));
        }
    }

    /// <summary>Tests a trained model in its usual evaluation mode.</summary>
    /// <param name="run">The trained model.</param>
    public static TestResult TestAsUsual(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Test(run, run.Contender.Modes.DefaultIfEmpty(Only).First());
    }

    /// <summary>Tests a trained model in each of its evaluation modes.</summary>
    /// <param name="run">The trained model.</param>
    public static IReadOnlyList<TestResult> Test(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Contender.Modes.DefaultIfEmpty(Only).Select(mode => Test(run, mode))];
    }

    /// <summary>What it costs to use a contender in its usual evaluation mode: operations of convolutions, linear and recurrent layers to answer one example, in millions. It need not have learned anything.</summary>
    /// <param name="contender">Which.</param>
    /// <returns>The number; null where the task's models do not say.</returns>
    public static double? MegaFlops(Contender contender)
    {
        ArgumentNullException.ThrowIfNull(contender);
        using var generator = new Generator(0, torch.CPU);
        using var model = contender.Create(generator);
        return (model as IPriced)?.MegaFlops(contender.Modes.DefaultIfEmpty(Only).First().Read, generator);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back the tensors of the data, where there are any.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static TestResult Test(TaskRun run, EvaluationMode mode)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var generator = new Generator((ulong)run.Seed, torch.CPU);
        return new TestResult(run.Contender.Name, mode.Name, mode.Test(run.Model, generator));
    }
}
