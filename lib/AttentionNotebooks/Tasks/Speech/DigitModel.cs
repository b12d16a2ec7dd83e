namespace AttentionNotebooks;

/// <summary>A digit listener with its estimator: cross-entropy while it trains, accuracy when it is tested.</summary>
internal sealed class DigitModel : ITaskModel
{
    private const int AtOnce = 100;

    private readonly DigitListener listener;
    private readonly GradientEstimator estimator;
    private readonly Minibatches batches;
    private readonly SpokenDigitExamples train;
    private readonly SpokenDigitExamples test;

    /// <summary>Takes the parts; model and estimator are its own from now on, the data are not.</summary>
    public DigitModel(DigitListener listener, GradientEstimator estimator, SpokenDigitExamples train, SpokenDigitExamples test)
    {
        (this.listener, this.estimator, this.train, this.test) = (listener, estimator, train, test);
        batches = new Minibatches(train.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [listener, estimator, batches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var indices = batches.Next(moment.BatchSize, moment.Generator);
        var labels = train.Labels(indices);
        var heard = listener.Hear(train.Features.Batch(indices));
        Dictionary<string, Tensor>? metrics = null;
        var loss = estimator.Surrogate(read => listener.Attention.ReadAs(read, () =>
        {
            var hearing = listener.Classify(heard, moment.Generator);
            var losses = torch.nn.functional.cross_entropy(hearing.Logits, labels, reduction: torch.nn.Reduction.None);
            metrics ??= Measure(hearing.Logits, losses, labels);
            return new Outcome(losses, hearing.Attended) { Features = heard.Overview() };
        }));
        return new TrainingStep(loss, metrics!);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => listener.Attention.ReadAs(mode, () =>
    {
        var right = 0.0;
        for (long from = 0; from < test.Count; from += AtOnce)
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var indices = torch.arange(from, Math.Min(test.Count, from + AtOnce), torch.int64);
            var hearing = listener.Classify(listener.Hear(test.Features.Batch(indices)), generator);
            right += hearing.Logits.argmax(1).eq(test.Labels(indices)).sum().ToDouble();
        }

        return new Dictionary<string, double>(StringComparer.Ordinal) { [SpeechDigitsTask.Accuracy.Name] = right / test.Count };
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        listener.Dispose();
        estimator.Dispose();
        batches.Dispose();
    }

    // Of the first run, and for longer than the estimator needs it.
    private static Dictionary<string, Tensor> Measure(Tensor logits, Tensor losses, Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var metrics = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = losses.mean(),
            ["accuracy"] = logits.argmax(1).eq(labels).to(torch.float32).mean(),
        };
        foreach (var metric in metrics.Values) metric.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
        return metrics;
    }
}
