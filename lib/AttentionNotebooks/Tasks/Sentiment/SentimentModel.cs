namespace AttentionNotebooks;

/// <summary>A reader with its estimator, on the sentences of a task.</summary>
internal sealed class SentimentModel : ITaskModel, IPriced
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

    /// <summary>Reads test sentences.</summary>
    /// <param name="sentences">Which.</param>
    /// <param name="mode">The read; null for the usual one.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public IEnumerable<ReadSentence> Read(IReadOnlyList<int> sentences, Read? mode, Generator generator)
    {
        foreach (var chunk in sentences.Chunk(TestBatch))
        {
            foreach (var sentence in Together(chunk, mode, generator)) yield return sentence;
        }
    }

    /// <summary>How likely the true classes of test sentences are as words are taken out of them.</summary>
    /// <param name="sentences">Which.</param>
    /// <param name="weights">What each of their words counts for: the heaviest goes first.</param>
    /// <param name="most">How many words are taken out in the end.</param>
    /// <param name="generator">Breaks ties.</param>
    /// <returns>The mean probability, from no word taken out to that many.</returns>
    public IReadOnlyList<double> Deletion(IReadOnlyList<int> sentences, IReadOnlyList<IReadOnlyList<float>> weights, int most, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var batch = task.TestSet.At(Indices(sentences)).To(reader.Device());
        var (count, longest) = ((int)batch.Words.shape[0], (int)batch.Words.shape[1]);
        // Padding comes after the last word.
        var padded = new float[count, longest];
        for (var i = 0; i < count; i++)
        {
            for (var n = 0; n < longest; n++) padded[i, n] = n < weights[i].Count ? weights[i][n] : -1;
        }

        var curve = RemovalCurve.Deletion(torch.tensor(padded), Sure, longest, generator);
        return [.. curve.Scores.mean([0]).to(torch.float64).cpu().data<double>().ToArray().Take(most + 1)];

        // A word that is taken out leaves a gap: the others keep their places.
        Tensor Sure(Tensor kept)
        {
            var reading = reader.ReadAs(reader.Encode(batch with { Mask = batch.Mask.logical_and(kept.On(batch.Mask.device)) }), mechanism.Modes[0], generator);
            return reading.Logits.softmax(1).gather(1, batch.Labels.unsqueeze(1)).squeeze(1);
        }
    }

    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(reader, () =>
        reader.ReadAs(reader.Encode(task.TestSet.At(torch.arange(IPriced.Examples, torch.int64)).To(reader.Device())), mode ?? mechanism.Modes[0], generator)) / IPriced.Examples;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in Modules) module.Dispose();
    }

    private ReadSentence[] Together(int[] sentences, Read? mode, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = task.TestSet.At(Indices(sentences)).To(reader.Device());
        var reading = reader.ReadAs(reader.Encode(batch), mode ?? mechanism.Modes[0], generator);
        var weights = reading.Attended.Weights.squeeze(1).to(torch.float32).cpu();
        var given = ReasonWords.Of(reading.Attended, batch.Mask, task.ReasonShare).cpu();
        var said = reading.Logits.argmax(1).cpu().data<long>().ToArray();
        return [.. sentences.Select((sentence, i) =>
        {
            var read = task.Data.Test.Sentences[sentence];
            T[] Of<T>(Tensor each) where T : unmanaged => each[i].narrow(0, 0, read.Words.Count).contiguous().data<T>().ToArray();
            return new ReadSentence([.. read.Words.Select(word => word.ToLowerInvariant())], Of<float>(weights), Of<bool>(given), read.Reasons ?? [], task.Data.Test.ClassNames[read.Label], task.Data.Test.ClassNames[(int)said[i]]);
        })];
    }

    private static Tensor Indices(IReadOnlyList<int> sentences) => torch.tensor(sentences.Select(sentence => (long)sentence).ToArray());

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
