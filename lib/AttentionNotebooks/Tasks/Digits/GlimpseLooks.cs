namespace AttentionNotebooks;

/// <summary>How a glimpse model looked at canvases: where, one glimpse after the other, and what it would have answered after each.</summary>
/// <param name="Locations">l [B, T, 2], x and y in −1..1.</param>
/// <param name="Answers">p [B, T, classes], of the object that each glimpse was for.</param>
public sealed record GlimpseLooks(Tensor Locations, Tensor Answers) : IDisposable
{
    /// <summary>T, how many glimpses there are.</summary>
    public int Count => (int)Locations.shape[1];

    /// <summary>How many answers would have been right after each glimpse.</summary>
    /// <param name="canvases">What was looked at.</param>
    /// <returns>T shares, in 0..1.</returns>
    public double[] Accuracy(CanvasBatch canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        var truth = canvases.Labels.cpu().repeat_interleave(Count / canvases.Labels.shape[1], 1);
        return MeanOverCanvases(Answers.argmax(-1).eq(truth));
    }

    /// <summary>How many glimpses had their centre in the box of their object, the first glimpses, the second, and so on.</summary>
    /// <param name="canvases">What was looked at; its boxes must be known.</param>
    /// <returns>T shares, in 0..1.</returns>
    public double[] Pointing(CanvasBatch canvases)
    {
        using var scope = torch.NewDisposeScope();
        return MeanOverCanvases(Hits(Locations, Boxes(canvases), canvases.Images.shape[3]).flatten(1));
    }

    /// <summary>How far the glimpses' centres were from the middle of their object's box, in pixels, the mean over the canvases.</summary>
    /// <param name="canvases">What was looked at; its boxes must be known.</param>
    /// <returns>T distances.</returns>
    public double[] Distance(CanvasBatch canvases)
    {
        using var scope = torch.NewDisposeScope();
        var boxes = Boxes(canvases);
        var middles = (boxes.narrow(2, 0, 2) + boxes.narrow(2, 2, 2)) / 2;
        return MeanOverCanvases((Points(Locations, boxes, canvases.Images.shape[3]) - middles.unsqueeze(2)).square().sum(-1).sqrt().flatten(1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Locations.Dispose();
        Answers.Dispose();
    }

    /// <summary>Whether each glimpse had its centre in its object's box, [B, O, T/O].</summary>
    /// <param name="locations">l [B, T, 2].</param>
    /// <param name="boxes">[B, O, 4], in pixels.</param>
    /// <param name="size">S, a canvas's side, in pixels.</param>
    internal static Tensor Hits(Tensor locations, Tensor boxes, long size) => PointingGame.Inside(Points(locations, boxes, size), boxes.unsqueeze(2));

    // In pixels, [B, O, T/O, 2].
    private static Tensor Points(Tensor locations, Tensor boxes, long size) => ((locations + 1) * (size / 2.0)).reshape(boxes.shape[0], boxes.shape[1], -1, 2);

    private static Tensor Boxes(CanvasBatch canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        return canvases.Boxes?.cpu() ?? throw new ArgumentException("Where the objects of these canvases are, nobody knows: they have no boxes.", nameof(canvases));
    }

    private static double[] MeanOverCanvases(Tensor each) => each.to(torch.float64).mean([0L]).data<double>().ToArray();
}
