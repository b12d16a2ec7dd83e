namespace AttentionNotebooks;

/// <summary>The one training loop: Adam, a schedule, clipped gradients, a history that may be watched while it grows, and a checkpoint to go on from.</summary>
public sealed class Trainer
{
    private readonly TrainingOptions options;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Trainer(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        this.options = options;
    }

    /// <summary>Trains; where the options name a checkpoint that is there, goes on from it, to the same numbers as if it had never been broken off.</summary>
    /// <param name="learner">What is trained; its modules change.</param>
    /// <param name="generator">Where all randomness comes from: the same state, the same run.</param>
    /// <param name="progress">Called after every new point of the history, between two steps.</param>
    /// <param name="cancellation">Asks to stop between two steps.</param>
    /// <returns>The whole history.</returns>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    /// <exception cref="ArithmeticException">A metric is no longer a finite number; the message says which, and when.</exception>
    /// <exception cref="DataFileException">The checkpoint is damaged, or of another run.</exception>
    public TrainingHistory Run(ILearner learner, Generator generator, Action<TrainingHistory>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(generator);
        MoveToDevice(learner);
        var parameters = learner.Modules.SelectMany(module => module.parameters()).ToArray();
        using var optimizer = torch.optim.Adam(parameters, options.LearningRate);
        using var meter = new Meter();
        var state = new TrainingState(learner, optimizer, generator, options);
        if (options.Checkpoint is not null) state.LoadIfPresent(options.Checkpoint);
        var clock = new TrainingClock(state.History.Last);
        for (var step = state.Step + 1; step <= options.Steps && !state.Stopped; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            SetLearningRate(optimizer, step - 1);
            meter.Add(Step(learner, optimizer, parameters, new(step, options.Steps, options.BatchSize, generator)));
            if (step % options.ReportEvery != 0 && step != options.Steps) continue;
            state.Add(clock.At(step, Metrics(learner, meter, step, state)));
            if (options.Checkpoint is not null && IsDue(state, options.CheckpointEvery)) state.Save(options.Checkpoint);
            progress?.Invoke(state.History);
        }

        state.RestoreBest();
        return state.History;
    }

    // The order of minibatches stays on the processor, where the data are.
    private void MoveToDevice(ILearner learner)
    {
        var device = options.Device ?? RunDevice.Current;
        foreach (var module in learner.Modules.Where(module => module is not Minibatches)) module.to(device);
    }

    private Dictionary<string, double> Metrics(ILearner learner, Meter meter, int step, TrainingState state)
    {
        var metrics = meter.Take(step);
        if (options.ValidateEvery == 0 || !IsDue((state.History.Points.Count + 1, step), options.ValidateEvery)) return metrics;
        foreach (var (name, value) in learner.Validate()) metrics.Add(name, value);
        return metrics;
    }

    private bool IsDue(TrainingState state, int every) => state.Stopped || IsDue((state.History.Points.Count, state.Step), every);

    private bool IsDue((int Points, int Step) at, int every) => at.Points % every == 0 || at.Step == options.Steps;

    private Dictionary<string, Tensor> Step(ILearner learner, torch.optim.Optimizer optimizer, Parameter[] parameters, TrainingMoment moment)
    {
        using var scope = torch.NewDisposeScope();
        var step = learner.Step(moment);
        optimizer.zero_grad();
        step.Loss.backward();
        torch.nn.utils.clip_grad_norm_(parameters, options.GradientNorm);
        optimizer.step();
        return step.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value.detach().MoveToOuterDisposeScope(), StringComparer.Ordinal);
    }

    private void SetLearningRate(torch.optim.Optimizer optimizer, int step)
    {
        var rate = options.LearningRate * options.Schedule.At(step, options.Steps);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
    }
}
