namespace AttentionNotebooks;

/// <summary>What one step gives.</summary>
/// <param name="Loss">A scalar to go downhill on.</param>
/// <param name="Metrics">Scalars to report, by name; no gradient. Every step of a run has the same names.</param>
public sealed record TrainingStep(Tensor Loss, IReadOnlyDictionary<string, Tensor> Metrics)
{
    /// <summary>The step of a model that makes choices: its estimator runs it as often as it needs, and what is reported is of the first run.</summary>
    /// <typeparam name="T">What a run of the model gives.</typeparam>
    /// <param name="estimator">How to train through the choices.</param>
    /// <param name="run">Runs the model on the present batch, with the read it is given, or its own where that is null.</param>
    /// <param name="judge">What a run cost, and the choices on the way to it.</param>
    /// <param name="measure">The scalars to report of a run.</param>
    public static TrainingStep Of<T>(GradientEstimator estimator, Func<Read?, T> run, Func<T, Outcome> judge, Func<T, IReadOnlyDictionary<string, Tensor>> measure)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(measure);
        IReadOnlyDictionary<string, Tensor>? metrics = null;
        var loss = estimator.Surrogate(read =>
        {
            var result = run(read);
            metrics ??= Kept(() => measure(result));
            return judge(result);
        });
        return new TrainingStep(loss, metrics!);
    }

    // For longer than the estimator needs the run: out of its scope, too.
    private static IReadOnlyDictionary<string, Tensor> Kept(Func<IReadOnlyDictionary<string, Tensor>> measure)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var metrics = measure();
        foreach (var metric in metrics.Values) metric.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
        return metrics;
    }
}
