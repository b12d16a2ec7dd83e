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

    /// <summary>Trains a new model, and shows its curves while they grow.</summary>
    /// <param name="contender">Which.</param>
    /// <param name="seed">Where all randomness starts.</param>
    /// <param name="options">How; null for the quick profile.</param>
    /// <returns>The trained model, the caller's.</returns>
    public static TaskRun TrainLive(Contender contender, long seed, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(contender);
        TaskRun? run = null;
        TrainingCurves.Live(contender.Name, contender.Role, progress => (run = Train(contender, seed, options, progress)).History);
        return run!;
    }

    /// <summary>Tests a trained model in each of its evaluation modes.</summary>
    /// <param name="run">The trained model.</param>
    public static IReadOnlyList<TestResult> Test(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Contender.Modes.DefaultIfEmpty(Only).Select(mode => Test(run, mode))];
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
