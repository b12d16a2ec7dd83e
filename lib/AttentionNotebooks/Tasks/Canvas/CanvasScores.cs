namespace AttentionNotebooks;

/// <summary>How well a reader reads canvases, each as a share with its interval.</summary>
/// <param name="Accuracy">Digits read rightly.</param>
/// <param name="Touching">Most attended windows that touch the true box.</param>
/// <param name="Pointing">Most attended windows whose centre lies in the true box.</param>
public sealed record CanvasScores(Proportion Accuracy, Proportion Touching, Proportion Pointing)
{
    private const int BatchSize = 250;

    /// <summary>Scores a reader with a read of choice: a model that was trained one way may be evaluated in another.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="canvases">What it is to read.</param>
    /// <param name="read">The evaluation mode: <see cref="Expected"/>, <see cref="Sampled"/>, <see cref="MostLikely"/>.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public static CanvasScores Of(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(canvases);
        ArgumentNullException.ThrowIfNull(canvases.Boxes);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var sums = torch.zeros(3, torch.float64);
        for (long start = 0; start < canvases.Count; start += BatchSize) sums.add_(Sums(reader, canvases.Slice(start, BatchSize).To(reader.Device()), read, generator));
        var shares = (sums / canvases.Labels.numel()).data<double>().ToArray().Select(share => new Proportion(share, canvases.Labels.numel())).ToArray();
        return new CanvasScores(shares[0], shares[1], shares[2]);
    }

    private static Tensor Sums(CanvasReader reader, CanvasBatch batch, Read read, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var reading = reader.ReadAs(batch.Images, read, generator);
        var hits = new[]
        {
            reading.Logits.argmax(-1).eq(batch.Labels),
            reading.Touching(batch.Boxes!, reader.Windows),
            reading.Pointing(batch.Boxes!, reader.Windows),
        };
        return torch.stack(hits.Select(hit => hit.to(torch.float64).sum()).ToArray()).cpu().MoveToOuterDisposeScope();
    }
}
