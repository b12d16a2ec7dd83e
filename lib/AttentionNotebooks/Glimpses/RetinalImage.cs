namespace AttentionNotebooks;

/// <summary>Images before a <see cref="Retina"/>, ready for any number of glimpses: <see cref="Retina.Project"/> makes it.</summary>
/// <remarks>
/// The finest scale is cut from the images themselves. For a coarser one every possible pixel of a glimpse is there already, as the sum of zoomˢ × zoomˢ pixels
/// from each place on; a glimpse takes size × size of them. Its tensors belong to the scope it was made in.
/// </remarks>
public sealed class RetinalImage
{
    private readonly Retina retina;
    private readonly PixelWindows[] scales;
    private readonly Tensor sides;
    private readonly Tensor shares;
    private readonly Tensor images;

    internal RetinalImage(Retina retina, Tensor images)
    {
        (this.retina, this.images) = (retina, images);
        sides = torch.tensor([(double)images.shape[3], images.shape[2]], images.dtype, images.device);
        // A coarse pixel's share of the sum over its zoomˢ × zoomˢ pixels.
        var counts = Enumerable.Range(0, retina.Scales).SelectMany(scale => Enumerable.Repeat(1.0 / retina.Step(scale) / retina.Step(scale), (int)images.shape[1]));
        shares = torch.tensor(counts.ToArray(), [1, retina.Scales * images.shape[1], 1, 1], images.dtype, images.device);
        scales = new PixelWindows[retina.Scales];
        var sums = images;
        for (var scale = 0; scale < retina.Scales; scale++)
        {
            if (scale > 0) sums = Coarser(sums, retina.Step(scale - 1));
            // Sums may begin up to zoomˢ − 1 pixels before the image.
            scales[scale] = new PixelWindows(sums, retina.Size, retina.Step(scale), retina.Step(scale) - 1);
        }
    }

    /// <summary>Looks at each image at its location.</summary>
    /// <param name="locations">[B, 2], x and y in −1..1, of the images' dtype; no gradient.</param>
    /// <returns>[B, S·C, size, size], the finest scale first; the caller's.</returns>
    /// <exception cref="ArgumentException">The shape does not fit; the message names the tensor.</exception>
    public Tensor At(Tensor locations)
    {
        Shape.Require(locations, nameof(locations), images.shape[0], 2);
        using var scope = torch.NewDisposeScope();
        var points = locations.detach().to(images.dtype);
        var glimpses = new Tensor[scales.Length];
        for (var scale = 0; scale < glimpses.Length; scale++)
            glimpses[scale] = scales[scale].At(retina.Corner(points, sides, scale).unsqueeze(-1));
        if (glimpses.Length == 1) return glimpses[0].MoveToOuterDisposeScope();
        return (torch.cat(glimpses, 1) * shares).MoveToOuterDisposeScope();
    }

    // Sums over step × step pixels become sums over zoom·step × zoom·step: zoom of them beside, then zoom of those below each other.
    private Tensor Coarser(Tensor sums, long step)
    {
        var margin = (retina.Zoom - 1) * step;
        using var scope = torch.NewDisposeScope();
        var padded = torch.nn.functional.pad(sums, (margin, margin, margin, margin));
        return AddShifted(AddShifted(padded, 3, step), 2, step).MoveToOuterDisposeScope();
    }

    private Tensor AddShifted(Tensor sums, int dimension, long step)
    {
        var length = sums.shape[dimension] - (retina.Zoom - 1) * step;
        var total = sums.narrow(dimension, 0, length);
        for (var i = 1; i < retina.Zoom; i++) total = total + sums.narrow(dimension, i * step, length);
        return total;
    }
}
