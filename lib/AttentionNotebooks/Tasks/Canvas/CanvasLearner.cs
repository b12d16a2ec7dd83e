namespace AttentionNotebooks;

/// <summary>The canvas task for training: fresh canvases every step, cross-entropy, and whatever estimator the read needs.</summary>
/// <param name="reader">The model.</param>
/// <param name="estimator">How to train through its choices; it stays in place where there are none.</param>
/// <param name="canvases">Where the canvases come from.</param>
public sealed class CanvasLearner(CanvasReader reader, GradientEstimator estimator, ICanvases canvases) : ILearner
{
    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [reader, estimator];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = canvases.Draw(moment.BatchSize, moment.Generator).To(reader.Device());
        // One that tries every window has them all computed at once; the others share the overview.
        var view = reader.Look(batch.Images, entirely: estimator is Enumeration);
        return TrainingStep.Of(
            estimator,
            read => reader.Attention.ReadAs(read, () => reader.Attend(view, moment.Generator)),
            reading => estimator is Enumeration ? new Outcome(Losses(reading, batch).reshape(batch.Labels.shape)) : OutcomeOf(reading, batch),
            reading => Measure(reading, batch, reader.Windows));
    }

    /// <summary>The cross-entropy of each object, [B·O].</summary>
    internal static Tensor Losses(Reading reading, CanvasBatch batch) =>
        torch.nn.functional.cross_entropy(reading.Logits.flatten(0, 1), batch.Labels.flatten(), reduction: torch.nn.Reduction.None);

    /// <summary>What a reading cost. No object's loss depends on the choice for another, so that each is an example of its own.</summary>
    internal static Outcome OutcomeOf(Reading reading, CanvasBatch batch) => new(Losses(reading, batch))
    {
        LogProbability = reading.Attended.LogProbability?.reshape(-1, 1),
        Entropy = reading.Attended.Entropy?.reshape(-1, 1),
        Features = reading.Overview.repeat_interleave(reading.Logits.shape[1], 0),
    };

    /// <summary>What is reported of a reading.</summary>
    internal static Dictionary<string, Tensor> Measure(Reading reading, CanvasBatch batch, WindowGrid windows)
    {
        var metrics = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = Losses(reading, batch).mean(),
            ["accuracy"] = reading.Logits.argmax(-1).eq(batch.Labels).to(torch.float32).mean(),
        };
        if (batch.Boxes is not null) metrics["pointing"] = reading.Pointing(batch.Boxes, windows).mean();
        return metrics;
    }
}
