namespace AttentionNotebooks;

/// <summary>A model of the task with its estimator, on the task's scenes. A batch is of scenes; each question counts as an example.</summary>
internal sealed class ClevrTaskModel(ClevrModel model, GradientEstimator estimator, ClevrExamples train, ClevrExamples test) : ITaskModel, IPriced
{
    private const int TestBatch = 50;

    private readonly Minibatches minibatches = new(train.Count);

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [model, estimator, minibatches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = train.Batch(minibatches.Next(moment.BatchSize, moment.Generator)).To(model.Device());
        var answer = model.See(batch.Images, batch.Questions);
        return TrainingStep.Of(
            estimator,
            read =>
            {
                var reading = model.ReadAs(read, () => answer(moment.Generator));
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

    /// <summary>Looks at one scene, tested as usual.</summary>
    /// <param name="scene">The scene alone.</param>
    /// <returns>For each question the weights of the first look [Q, N], and the answer [Q].</returns>
    /// <exception cref="ArgumentException">The model has no attention.</exception>
    public (float[,] Weights, long[] Answers) Look(ClevrExamples scene)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var generator = new Generator(0, torch.CPU);
        var batch = scene.Batch(torch.zeros(1, torch.int64)).To(model.Device());
        var reading = model.call(batch.Images, batch.Questions, generator);
        if (reading.Hops.Count == 0) throw new ArgumentException("A model without attention looks nowhere.", nameof(scene));
        return ((float[,])reading.Hops[0].Weights[0].to(torch.float32).cpu().contiguous().data<float>().ToNDArray(), reading.Logits[0].argmax(-1).cpu().data<long>().ToArray());
    }

    /// <summary>Operations for one scene with all its questions, in millions.</summary>
    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(model, () =>
    {
        var batch = test.Batch(torch.zeros(1, torch.int64)).To(model.Device());
        model.ReadAs(mode, () => model.call(batch.Images, batch.Questions, generator));
    });

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
