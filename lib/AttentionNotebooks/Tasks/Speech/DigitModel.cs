namespace AttentionNotebooks;

/// <summary>A digit listener with its estimator: cross-entropy while it trains, accuracy when it is tested.</summary>
internal sealed class DigitModel : ITaskModel, IPriced
{
    private const int AtOnce = 100;
    private readonly DigitListener listener;
    private readonly GradientEstimator estimator;
    private readonly Minibatches batches;
    private readonly LogMel frames;
    private readonly SpokenDigitExamples train;
    private readonly SpokenDigitExamples test;

    /// <summary>Takes the parts; model and estimator are its own from now on, the data are not.</summary>
    public DigitModel(DigitListener listener, GradientEstimator estimator, LogMel frames, SpokenDigitExamples train, SpokenDigitExamples test)
    {
        (this.listener, this.estimator, this.frames, this.train, this.test) = (listener, estimator, frames, train, test);
        batches = new Minibatches(train.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [listener, estimator, batches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var indices = batches.Next(moment.BatchSize, moment.Generator);
        var labels = train.Labels(indices).On(listener.Device());
        var heard = listener.Hear(train.Features.Batch(indices).To(listener.Device()));
        return TrainingStep.Of(
            estimator,
            read =>
            {
                var hearing = listener.Attention.ReadAs(read, () => listener.Classify(heard, moment.Generator));
                return (Hearing: hearing, Losses: torch.nn.functional.cross_entropy(hearing.Logits, labels, reduction: torch.nn.Reduction.None));
            },
            run => new Outcome(run.Losses, run.Hearing.Attended) { Features = heard.Overview() },
            run => new Dictionary<string, Tensor>(StringComparer.Ordinal)
            {
                ["loss"] = run.Losses.mean(),
                ["accuracy"] = run.Hearing.Logits.argmax(1).eq(labels).to(torch.float32).mean(),
            });
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => listener.Attention.ReadAs(mode, () =>
    {
        var (right, aligned) = (0.0, 0.0);
        for (long from = 0; from < test.Count; from += AtOnce)
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var indices = torch.arange(from, Math.Min(test.Count, from + AtOnce), torch.int64);
            var hearing = listener.Classify(listener.Hear(test.Features.Batch(indices).To(listener.Device())), generator);
            right += hearing.Logits.argmax(1).cpu().eq(test.Labels(indices)).sum().ToDouble();
            aligned += Aligned(hearing.Attended.Weights.squeeze(1).cpu(), indices).sum().ToDouble();
        }

        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [SpeechDigitsTask.Accuracy.Name] = right / test.Count,
            [SpeechDigitsTask.Aligned.Name] = aligned / test.Count,
        };
    });

    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(listener, () =>
        listener.Attention.ReadAs(mode, () => listener.Classify(listener.Hear(train.Features.Batch(torch.arange(IPriced.Examples, torch.int64)).To(listener.Device())), generator))) / IPriced.Examples;

    /// <inheritdoc/>
    public void Dispose()
    {
        listener.Dispose();
        estimator.Dispose();
        batches.Dispose();
    }

    // On the processor, where the recordings are. Of the locations of greatest weight, [B, N], the share in whose middle the digit sounds.
    private Tensor Aligned(Tensor weights, Tensor indices)
    {
        var middles = torch.tensor(Enumerable.Range(0, (int)weights.shape[1]).Select(location => frames.Middle(location * listener.Reduction)).ToArray());
        var most = weights.eq(weights.amax([1], keepdim: true));
        return most.logical_and(test.Sounds(indices, middles)).sum(1).to(torch.float64) / most.sum(1);
    }
}
