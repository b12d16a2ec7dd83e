namespace AttentionNotebooks;

/// <summary>A reader with its estimator, on the sentences of a task.</summary>
internal sealed class SentimentModel : ITaskModel
{
    private const int TestBatch = 256;

    private readonly SentimentReader reader;
    private readonly GradientEstimator estimator;
    private readonly SelectionRate? rate;
    private readonly Minibatches order;
    private readonly SentimentTask task;
    private readonly Mechanism mechanism;

    /// <summary>Takes a reader.</summary>
    /// <param name="task">The task.</param>
    /// <param name="mechanism">How it attends.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="rate">What holds the share of open gates; null where it does not read by gates.</param>
    /// <param name="generator">Where the initial weights of the estimator come from.</param>
    public SentimentModel(SentimentTask task, Mechanism mechanism, SentimentReader reader, SelectionRate? rate, Generator generator)
    {
        (this.task, this.reader, this.rate, this.mechanism) = (task, reader, rate, mechanism);
        estimator = mechanism.Estimator(SentimentReader.KnownFeatures);
        Initialization.Draw(estimator, generator);
        order = new Minibatches(task.TrainingSet.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => rate is null ? [reader, estimator, order] : [reader, estimator, order, rate];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        mechanism.Anneal?.Invoke(reader.Attention.Read, moment.Progress);
        var batch = task.TrainingSet.At(order.Next(moment.BatchSize, moment.Generator)).To(reader.Device());
        if (task.Forgetting > 0) batch = batch.Forget(task.Forgetting, moment.Generator);
        var sentences = reader.Encode(batch);
        var known = sentences.Known();
        var step = TrainingStep.Of(
            estimator,
            read =>
            {
                var reading = reader.ReadAs(sentences, read, moment.Generator);
                return (Reading: reading, Losses: torch.nn.functional.cross_entropy(reading.Logits, batch.Labels, reduction: torch.nn.Reduction.None));
            },
            run => new Outcome(run.Losses, run.Reading.Attended) { Features = known },
            run => Measure(batch, run.Reading, run.Losses),
            rate is null ? null : run => Price((Gates)run.Reading.Attended.Locations, batch.Mask, moment.Progress));
        rate?.Observe(step.Metrics["rate"], moment.Progress);
        return step;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Validate()
    {
        using var _ = torch.no_grad();
        using var generator = new Generator(0, torch.CPU);
        return new Dictionary<string, double>(StringComparer.Ordinal) { ["validation accuracy"] = On(task.ValidationSet, mechanism.Modes[0], generator)["accuracy"] };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => On(task.TestSet, mode, generator);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in Modules) module.Dispose();
    }

    private IReadOnlyDictionary<string, double> On(SentenceTensors set, Read? mode, Generator generator)
    {
        var scores = new SentimentScores(task.ReasonShare);
        foreach (var indices in set.ByLength(TestBatch))
        {
            using var scope = torch.NewDisposeScope();
            using var _ = indices;
            var batch = set.At(indices).To(reader.Device());
            scores.Add(batch, reader.ReadAs(reader.Encode(batch), mode, generator));
        }

        return scores.Values();
    }

    // The price of the rate, and for a rationale of few pieces the expected changes between open and shut   Bastings 2019, eq. 9–10
    private Tensor Price(Gates gates, Tensor mask, double progress)
    {
        var changes = gates.ExpectedChanges() / mask.sum(1, keepdim: true);
        return rate!.Penalty(SelectionRate.Of(gates, mask), progress) + SentimentTask.Coherence * changes.mean();
    }

    private Dictionary<string, Tensor> Measure(SentenceBatch batch, SentimentReading reading, Tensor losses)
    {
        var metrics = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = losses.mean(),
            ["accuracy"] = reading.Logits.argmax(1).eq(batch.Labels).to(torch.float32).mean(),
        };
        if (rate is not null) metrics["rate"] = SelectionRate.Of((Gates)reading.Attended.Locations, batch.Mask).mean();
        return metrics;
    }
}
