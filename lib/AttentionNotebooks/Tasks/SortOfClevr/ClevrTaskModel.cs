namespace AttentionNotebooks;

/// <summary>A model of the task with its estimator, on the task's scenes. A batch is of scenes; each question counts as an example.</summary>
internal sealed class ClevrTaskModel(ClevrModel model, GradientEstimator estimator, ClevrExamples train, ClevrExamples test) : ITaskModel
{
    private const int TestBatch = 50;

    private readonly Minibatches minibatches = new(train.Count);

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [model, estimator, minibatches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = train.Batch(minibatches.Next(moment.BatchSize, moment.Generator)).To(model.Device());
        return TrainingStep.Of(
            estimator,
            read =>
            {
                var reading = model.ReadAs(read, () => model.call(batch.Images, batch.Questions, moment.Generator));
                return (Reading: reading, Losses: torch.nn.functional.cross_entropy(reading.Logits.flatten(0, 1), batch.Answers.flatten(), reduction: torch.nn.Reduction.None));
            },
            run => OutcomeOf(run.Reading, run.Losses),
            run => Measure(run.Reading, run.Losses, batch));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
    {
        var scores = new ClevrScores();
        for (long start = 0; start < test.Count; start += TestBatch)
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var batch = test.Batch(torch.arange(start, Math.Min(start + TestBatch, test.Count), torch.int64)).To(model.Device());
            scores.Add(model.ReadAs(mode, () => model.call(batch.Images, batch.Questions, generator)), batch);
        }

        return scores.Shares();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        model.Dispose();
        estimator.Dispose();
        minibatches.Dispose();
    }

    // Questions are examples, glimpses are steps: [B, Q] of each glimpse becomes a column of [B·Q, T].
    private static Outcome OutcomeOf(ClevrReading reading, Tensor losses)
    {
        Tensor? Steps(Func<AttentionResult, Tensor?> part)
        {
            var parts = reading.Hops.Select(part).OfType<Tensor>().Select(each => each.flatten()).ToArray();
            return parts.Length == 0 ? null : torch.stack(parts, 1);
        }

        return new Outcome(losses)
        {
            LogProbability = Steps(hop => hop.LogProbability),
            Entropy = Steps(hop => hop.Entropy),
            Features = reading.Known.flatten(0, 1),
        };
    }

    private static Dictionary<string, Tensor> Measure(ClevrReading reading, Tensor losses, ClevrBatch batch)
    {
        var metrics = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["loss"] = losses.mean() };
        foreach (var (name, hits, of) in ClevrScores.Main(reading, batch)) metrics[name] = (hits * of).sum() / of.sum();
        return metrics;
    }
}
