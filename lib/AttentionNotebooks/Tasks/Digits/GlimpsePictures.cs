namespace AttentionNotebooks;

/// <summary>Pictures of canvases as a retina sees them, for an <see cref="ImageGrid"/>: where it looks, and what is known by then.</summary>
/// <param name="canvases">The canvases.</param>
/// <param name="retina">What a glimpse shows.</param>
public sealed class GlimpsePictures(CanvasBatch canvases, Retina retina)
{
    // Neither ink nor ground.
    private const double Unseen = 0.35;

    /// <summary>One glimpse: the canvas with the squares that it covers, and what it shows of them.</summary>
    /// <param name="canvas">Which, from 0.</param>
    /// <param name="x">Where, in −1..1 from left to right.</param>
    /// <param name="y">Where, in −1..1 from top to bottom.</param>
    /// <param name="role">The colour of its squares.</param>
    public IEnumerable<Tile> Glance(int canvas, double x, double y, Role role = Role.Hard)
    {
        using var scope = torch.NewDisposeScope();
        using var one = canvases.Slice(canvas, 1);
        var locations = torch.tensor([(float)x, (float)y], [1, 1, 2]);
        return [Canvas(one, locations, 0, "the canvas", role), new Tile(Pixels(retina.Reconstruct(one.Images.cpu(), locations, Unseen), 0), "what the glimpse shows")];
    }

    /// <summary>The first canvases after some of their glimpses: first all as they are, with the last glimpse and the way to it, and what would be answered; then what is known of them by then.</summary>
    /// <param name="looks">How they were looked at.</param>
    /// <param name="count">How many.</param>
    /// <param name="glimpses">After how many glimpses, at least 1.</param>
    /// <param name="role">The colour of glimpses.</param>
    public IEnumerable<Tile> Looks(GlimpseLooks looks, int count, int glimpses, Role role = Role.Hard)
    {
        ArgumentNullException.ThrowIfNull(looks);
        ArgumentOutOfRangeException.ThrowIfLessThan(glimpses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(glimpses, looks.Count);
        using var scope = torch.NewDisposeScope();
        using var first = canvases.Slice(0, count);
        var locations = looks.Locations.narrow(0, 0, first.Count).narrow(1, 0, glimpses);
        var (sure, told) = looks.Answers.narrow(0, 0, first.Count).select(1, glimpses - 1).max(-1);
        var (shares, answers, known) = (sure.data<float>().ToArray(), told.data<long>().ToArray(), retina.Reconstruct(first.Images.cpu(), locations, Unseen));
        var labels = first.Labels.select(1, (glimpses - 1) * first.Labels.shape[1] / looks.Count).cpu().contiguous().data<long>().ToArray();
        return
        [
            .. labels.Select((label, i) => Canvas(first, locations, i, $"{label} → {answers[i]} {(label == answers[i] ? "✓" : "✗")}", role)),
            .. shares.Select((share, i) => new Tile(Pixels(known, i), FormattableString.Invariant($"sure by {100 * share:F0} %"))),
        ];
    }

    /// <summary>The same, one glimpse after the other in one place.</summary>
    /// <inheritdoc cref="Looks"/>
    /// <param name="looks">How they were looked at.</param>
    /// <param name="count">How many canvases.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What to look for.</param>
    /// <param name="role">The colour of glimpses.</param>
    public FigureSequence GlimpseByGlimpse(GlimpseLooks looks, int count, string title, string caption, Role role = Role.Hard)
    {
        ArgumentNullException.ThrowIfNull(looks);
        return new FigureSequence("glimpses taken", Enumerable.Range(1, looks.Count).Select(glimpses => ($"{glimpses}", (Figure)new ImageGrid(Looks(looks, count, glimpses, role)) { Columns = count })))
        {
            Title = title,
            Caption = caption,
        };
    }

    private Tile Canvas(CanvasBatch batch, Tensor locations, int canvas, string title, Role role)
    {
        var size = batch.Images.shape[3];
        var way = locations[canvas].data<float>().ToArray().Chunk(2).Select(at => ((at[0] + 1) * size / 2.0, (at[1] + 1) * size / 2.0)).ToArray();
        return new Tile(Pixels(batch.Images.cpu(), canvas), title)
        {
            Boxes = [.. CanvasPictures.TrueBoxes(batch)[canvas], .. Squares(locations[canvas, -1], size, role)],
            Paths = [new ImagePath(way, role, way.Length > 1 ? "the way so far" : "")],
        };
    }

    // Of every scale, as much as lies within the canvas.
    private IEnumerable<ImageBox> Squares(Tensor location, long size, Role role) => Enumerable.Range(0, retina.Scales).Select(scale =>
    {
        var sides = retina.Boxes(location, scale, size, size).data<float>().ToArray().Select(side => Math.Clamp(side, 0, size)).ToArray();
        return new ImageBox(sides[1], sides[0], sides[3] - sides[1], sides[2] - sides[0], role, "glimpse, at each scale");
    });

    private static float[,] Pixels(Tensor images, int canvas) => (float[,])images[canvas, 0].contiguous().data<float>().ToNDArray();
}
