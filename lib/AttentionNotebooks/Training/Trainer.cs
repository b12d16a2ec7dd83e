using System.Diagnostics;

namespace AttentionNotebooks;

/// <summary>The one training loop: Adam, a cosine schedule, clipped gradients, and a history that may be watched while it grows.</summary>
public sealed class Trainer
{
    private readonly TrainingOptions options;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Trainer(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReportEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.LearningRate, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.GradientNorm, 0);
        this.options = options;
    }

    /// <summary>Trains.</summary>
    /// <param name="learner">What is trained; its parameters change.</param>
    /// <param name="generator">Where all randomness comes from: the same state, the same run.</param>
    /// <param name="progress">Called after every new point of the history, between two steps.</param>
    /// <param name="cancellation">Asks to stop between two steps.</param>
    /// <returns>The whole history.</returns>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    /// <exception cref="ArithmeticException">A metric is no longer a finite number; the message says which, and when.</exception>
    public TrainingHistory Run(ILearner learner, Generator generator, Action<TrainingHistory>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(generator);
        var parameters = learner.Parameters.ToArray();
        using var optimizer = torch.optim.Adam(parameters, options.LearningRate);
        using var meter = new Meter();
        var history = new TrainingHistory(options.Steps);
        var watch = Stopwatch.StartNew();
        for (var step = 1; step <= options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            SetLearningRate(optimizer, step - 1);
            meter.Add(Step(learner, optimizer, parameters, generator));
            if (step % options.ReportEvery != 0 && step != options.Steps) continue;
            history.Add(new TrainingPoint(step, watch.Elapsed.TotalSeconds, Environment.WorkingSet / 1e6, meter.Take(step)));
            progress?.Invoke(history);
        }

        return history;
    }

    private Dictionary<string, Tensor> Step(ILearner learner, torch.optim.Optimizer optimizer, Parameter[] parameters, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var step = learner.Step(options.BatchSize, generator);
        optimizer.zero_grad();
        step.Loss.backward();
        torch.nn.utils.clip_grad_norm_(parameters, options.GradientNorm);
        optimizer.step();
        return step.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value.detach().MoveToOuterDisposeScope(), StringComparer.Ordinal);
    }

    // η = η₀ · ½ (1 + cos(π t / T))   Loshchilov & Hutter 2017, eq. 5
    private void SetLearningRate(torch.optim.Optimizer optimizer, int step)
    {
        var rate = options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / options.Steps));
        foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
    }
}
