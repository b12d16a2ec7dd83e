namespace AttentionNotebooks;

/// <summary>How well a reader reads canvases, each a share in 0..1.</summary>
/// <param name="Accuracy">Digits read rightly.</param>
/// <param name="Pointing">Most attended windows that touch the true box.</param>
/// <param name="CentrePointing">Most attended windows whose centre lies in the true box.</param>
public sealed record CanvasScores(double Accuracy, double Pointing, double CentrePointing)
{
    private const int BatchSize = 250;

    /// <summary>Scores a reader with a read of choice: a model that was trained one way may be evaluated in another.</summary>
    /// <param name="reader">The reader; its own read is back in place afterwards.</param>
    /// <param name="canvases">What it is to read.</param>
    /// <param name="read">The evaluation mode: <see cref="Expected"/>, <see cref="Sampled"/>, <see cref="MostLikely"/>.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public static CanvasScores Of(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var own = reader.Attention.Read;
        reader.Attention.Read = read;
        try
        {
            var sums = torch.zeros(3, torch.float64);
            for (long start = 0; start < canvases.Count; start += BatchSize) sums.add_(Sums(reader, canvases, start, generator));
            var means = (sums / canvases.Count).data<double>().ToArray();
            return new CanvasScores(means[0], means[1], means[2]);
        }
        finally
        {
            reader.Attention.Read = own;
        }
    }

    private static Tensor Sums(CanvasReader reader, CanvasBatch canvases, long start, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var batch = canvases.Slice(start, BatchSize);
        var reading = reader.call(batch.Images, generator);
        var hits = new[]
        {
            reading.Logits.argmax(1).eq(batch.Labels),
            PointingGame.Touches(reading.Attended.Weights, batch.Boxes, CanvasReader.Windows),
            PointingGame.CentreInside(reading.Attended.Weights, batch.Boxes, CanvasReader.Windows),
        };
        return torch.stack(hits.Select(hit => hit.to(torch.float64).sum()).ToArray()).cpu().MoveToOuterDisposeScope();
    }
}
