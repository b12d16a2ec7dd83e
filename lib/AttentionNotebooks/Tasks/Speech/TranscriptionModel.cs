namespace AttentionNotebooks;

/// <summary>A transcriber with its estimator, on strings of digits: cross-entropy with the true digits before each while it trains, on its own when it is tested.</summary>
internal sealed class TranscriptionModel : ITaskModel, IPriced
{
    private readonly Transcriber transcriber;
    private readonly GradientEstimator estimator;
    private readonly Minibatches batches;
    private readonly DigitStringData data;

    /// <summary>Takes the parts; they are its own from now on, the data are not.</summary>
    public TranscriptionModel(Transcriber transcriber, GradientEstimator estimator, DigitStringData data)
    {
        (this.transcriber, this.estimator, this.data) = (transcriber, estimator, data);
        batches = new Minibatches(data.Train.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [transcriber, estimator, batches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var indices = batches.Next(moment.BatchSize, moment.Generator);
        var (symbols, counts) = Sent(data.Train.Targets(indices));
        var heard = transcriber.Hear(data.Train.Features.Batch(indices).To(transcriber.Device()));
        var counted = (torch.arange(symbols.shape[1], torch.int64, symbols.device) < counts.unsqueeze(1)).to(torch.float32);
        return TrainingStep.Of(
            estimator,
            read =>
            {
                var (logits, attended) = transcriber.Attention.ReadAs(read, () => transcriber.Spell(heard, symbols, moment.Generator));
                var each = torch.nn.functional.cross_entropy(logits.transpose(1, 2), symbols, reduction: torch.nn.Reduction.None) * counted;
                return (Logits: logits, Attended: attended, Losses: each);
            },
            run =>
            {
                // Nats a symbol, so that long strings and short ones cost alike.
                var outcome = new Outcome(run.Losses.sum(1) / counts, run.Attended);
                // What is looked at after the end is nobody's choice.
                return outcome with { LogProbability = outcome.LogProbability?.mul(counted), Entropy = outcome.Entropy?.mul(counted), Features = heard.Overview() };
            },
            run => Measure(run.Logits, symbols, run.Losses, counted));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
    {
        var (same, longer) = Testing(mode, test => (test.Of(data.Test, generator), test.Of(data.TestLonger, generator)));
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [SpeechStringsTask.DigitErrors.Name] = same.DigitErrors,
            [SpeechStringsTask.StringErrors.Name] = same.StringErrors,
            [SpeechStringsTask.Aligned.Name] = same.Aligned,
            [SpeechStringsTask.DigitErrorsLonger.Name] = longer.DigitErrors,
            [SpeechStringsTask.StringErrorsLonger.Name] = longer.StringErrors,
            [SpeechStringsTask.AlignedLonger.Name] = longer.Aligned,
        };
    }

    /// <summary>Tests in a way of evaluation, and puts everything back.</summary>
    /// <param name="mode">The read; null for the model's own.</param>
    /// <param name="work">What to do.</param>
    public T Testing<T>(Read? mode, Func<TranscriptionTest, T> work)
    {
        var training = transcriber.training;
        transcriber.eval();
        try
        {
            return transcriber.Attention.ReadAs(mode, () => work(new(transcriber, data.Frames)));
        }
        finally
        {
            transcriber.train(training);
        }
    }

    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(transcriber, () =>
    {
        var indices = torch.arange(IPriced.Examples, torch.int64);
        var heard = transcriber.Hear(data.Train.Features.Batch(indices).To(transcriber.Device()));
        transcriber.Attention.ReadAs(mode, () => transcriber.Spell(heard, Sent(data.Train.Targets(indices)).Symbols, generator));
    }) / IPriced.Examples;

    /// <inheritdoc/>
    public void Dispose()
    {
        transcriber.Dispose();
        estimator.Dispose();
        batches.Dispose();
    }

    private (Tensor Symbols, Tensor Counts) Sent((Tensor Symbols, Tensor Counts) targets) => (targets.Symbols.On(transcriber.Device()), targets.Counts.On(transcriber.Device()));

    private static Dictionary<string, Tensor> Measure(Tensor logits, Tensor symbols, Tensor losses, Tensor counted)
    {
        var count = counted.sum();
        return new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = losses.sum() / count,
            ["accuracy"] = (logits.argmax(2).eq(symbols).to(torch.float32) * counted).sum() / count,
        };
    }
}
