namespace AttentionNotebooks;

/// <summary>The canvas task for training: fresh canvases every step, cross-entropy, and whatever estimator the read needs.</summary>
/// <param name="reader">The model.</param>
/// <param name="estimator">How to train through its choices; it stays in place where there are none.</param>
/// <param name="canvases">Where the canvases come from.</param>
public sealed class CanvasLearner(CanvasReader reader, GradientEstimator estimator, DigitCanvas canvases) : ILearner
{
    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [reader, estimator];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = canvases.Draw(moment.BatchSize, moment.Generator);
        Dictionary<string, Tensor>? metrics = null;
        var loss = estimator.Surrogate(read =>
        {
            var reading = reader.ReadAs(batch.Images, read ?? reader.Attention.Read, moment.Generator);
            var losses = torch.nn.functional.cross_entropy(reading.Logits, batch.Labels, reduction: torch.nn.Reduction.None);
            metrics ??= Measure(reading, losses, batch);
            return new Outcome(losses, reading.Attended) { Features = reading.Overview };
        });
        return new TrainingStep(loss, metrics!);
    }

    // Of the first run, and for longer than the estimator needs it.
    private static Dictionary<string, Tensor> Measure(Reading reading, Tensor losses, CanvasBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var metrics = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = losses.mean(),
            ["accuracy"] = reading.Logits.argmax(1).eq(batch.Labels).to(torch.float32).mean(),
            ["pointing"] = PointingGame.CentreInside(reading.Attended.Weights, batch.Boxes, CanvasReader.Windows).mean(),
        };
        foreach (var metric in metrics.Values) metric.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
        return metrics;
    }
}
