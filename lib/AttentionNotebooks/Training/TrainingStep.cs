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
    /// <param name="price">What is added to the loss, a scalar with a gradient of its own that is the same whatever is drawn: the estimator has no part in it. Null for nothing.</param>
    public static TrainingStep Of<T>(GradientEstimator estimator, Func<Read?, T> run, Func<T, Outcome> judge, Func<T, IReadOnlyDictionary<string, Tensor>> measure, Func<T, Tensor>? price = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(measure);
        (IReadOnlyDictionary<string, Tensor> Metrics, Tensor? Price)? first = null;
        var loss = estimator.Surrogate(read =>
        {
            var result = run(read);
            first ??= (Measured(measure, result), price is null ? null : Priced(price, result));
            return judge(result);
        });
        var (metrics, added) = first!.Value;
        return new TrainingStep(added is null ? loss : loss + added, metrics);
    }

    private static IReadOnlyDictionary<string, Tensor> Measured<T>(Func<T, IReadOnlyDictionary<string, Tensor>> measure, T result)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var metrics = measure(result);
        foreach (var metric in metrics.Values) Keep(metric);
        return metrics;
    }

    private static Tensor Priced<T>(Func<T, Tensor> price, T result)
    {
        using var scope = torch.NewDisposeScope();
        return Keep(price(result));
    }

    // For longer than the estimator needs the run: out of its scope, too.
    private static Tensor Keep(Tensor tensor) => tensor.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
}
