namespace AttentionNotebooks;

/// <summary>What the digit tasks measure, of one object or of several on a canvas.</summary>
internal static class DigitScores
{
    private const int BatchSize = 250;

    /// <summary>Digits read rightly, of canvases that have one.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    private static readonly Metric All = new("all right");
    private static readonly Metric Each = new("each right");
    private static readonly Metric Sum = new("sum right");
    private static readonly Metric Pointing = new("pointing");
    private static readonly Metric Glimpses = new("glimpses inside");

    /// <summary>The metrics for a number of objects, the most important first.</summary>
    public static IReadOnlyList<Metric> Metrics(int objects) => objects == 1 ? [Accuracy, Pointing, Glimpses] : [All, Each, Sum, Pointing, Glimpses];

    /// <summary>Measures a model on canvases, a batch at a time.</summary>
    /// <param name="canvases">The canvases.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="answer">The model; it is called within a scope of its own, without gradients.</param>
    /// <returns>Every metric; not a number for one that does not apply.</returns>
    public static IReadOnlyDictionary<string, double> Of(CanvasBatch canvases, torch.Device device, Func<CanvasBatch, DigitAnswer> answer)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var metrics = Metrics((int)canvases.Labels.shape[1]);
        var sums = torch.zeros(metrics.Count, torch.float64);
        for (long start = 0; start < canvases.Count; start += BatchSize)
        {
            using var batchScope = torch.NewDisposeScope();
            var batch = canvases.Slice(start, BatchSize).To(device);
            var given = answer(batch);
            sums.add_(torch.stack([.. metrics.Select(metric => Total(metric, given, batch.Labels))]).cpu());
        }

        var means = (sums / canvases.Count).data<double>().ToArray();
        return metrics.Zip(means).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    // The sum over the canvases of a batch; a canvas of several objects counts 1 in all.
    private static Tensor Total(Metric metric, DigitAnswer answer, Tensor labels)
    {
        var told = answer.Probabilities.argmax(-1);
        var values = metric switch
        {
            _ when metric == All => told.eq(labels).all(1),
            _ when metric == Sum => told.sum(1).eq(labels.sum(1)),
            _ when metric == Pointing => answer.Pointing,
            _ when metric == Glimpses => answer.Glimpses,
            _ => told.eq(labels),
        };
        return values is null ? torch.tensor(double.NaN, torch.float64, labels.device) : values.to(torch.float64).reshape(labels.shape[0], -1).mean([1L]).sum();
    }
}
