namespace AttentionNotebooks;

/// <summary>
/// The retina of Mnih et al. (2014, §3.1): what is seen around a location, sharp in the middle and ever coarser around it.
/// Each scale is <c>zoom</c> times as wide as the one before, averaged down to as few pixels.
/// </summary>
/// <remarks>
/// A location is a point (x, y) in −1..1: (−1, −1) is the upper left corner of the first pixel, (1, 1) the lower right corner of the last, (0, 0) the middle.
/// Scale s is a square of w = size·zoomˢ pixels; its left side is at pixel ⌊(x + 1)·W/2 − w/2 + ½⌋, its top likewise, so its middle is at most half a pixel from the location.
/// Outside the image everything is 0. Since glimpses are cut at whole pixels, the location gets no gradient: it is learned by its probability.
/// </remarks>
public sealed class Retina
{
    /// <summary>Makes a retina.</summary>
    /// <param name="size">The side of a glimpse, in pixels.</param>
    /// <param name="scales">S, how many scales.</param>
    /// <param name="zoom">How much wider a scale is than the one before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or a zoom of 1 would repeat a scale.</exception>
    public Retina(int size, int scales = 1, int zoom = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scales, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, scales > 1 ? 2 : 1);
        (Size, Scales, Zoom) = (size, scales, zoom);
    }

    /// <summary>The side of a glimpse, in pixels.</summary>
    public int Size { get; }

    /// <summary>S, how many scales.</summary>
    public int Scales { get; }

    /// <summary>How much wider a scale is than the one before.</summary>
    public int Zoom { get; }

    /// <summary>How many numbers a glimpse has.</summary>
    /// <param name="channels">C, the channels of the images.</param>
    public int Features(int channels = 1) => Scales * channels * Size * Size;

    /// <summary>Looks at images once.</summary>
    /// <param name="images">[B, C, H, W], floating point.</param>
    /// <param name="locations">[B, 2], x and y in −1..1; no gradient.</param>
    /// <returns>[B, S·C, size, size], the finest scale first, with the images' dtype; the caller's.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    /// <remarks>For several glimpses of the same images <see cref="Project"/> them once: the coarse scales' averages are then shared.</remarks>
    public Tensor Glimpse(Tensor images, Tensor locations)
    {
        using var scope = torch.NewDisposeScope();
        return Project(images).At(locations).MoveToOuterDisposeScope();
    }

    /// <summary>Holds images before the retina, for any number of glimpses.</summary>
    /// <param name="images">[B, C, H, W], floating point; they must outlive the glimpses.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or the numbers are whole.</exception>
    public RetinalImage Project(Tensor images)
    {
        Shape.Require(images, nameof(images), "B", "C", "H", "W");
        if (!torch.is_floating_point(images)) throw new ArgumentException($"{nameof(images)} has dtype {images.dtype}, expected floating point; convert it with to(torch.float32).", nameof(images));
        return new RetinalImage(this, images);
    }

    /// <summary>The squares that glimpses see, for figures and for measuring whether they hit.</summary>
    /// <param name="locations">[…, 2], x and y in −1..1.</param>
    /// <param name="scale">Which scale, 0 the finest.</param>
    /// <param name="height">H, in pixels.</param>
    /// <param name="width">W, in pixels.</param>
    /// <returns>[…, 4]: left, top, right, bottom, in pixels, whole numbers of the locations' dtype, possibly outside the image; the caller's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such scale.</exception>
    public Tensor Boxes(Tensor locations, int scale, long height, long width)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(scale, Scales);
        if (locations.shape is not [.., 2]) throw new ArgumentException($"{nameof(locations)} has shape [{string.Join(", ", locations.shape)}], expected [..., 2].", nameof(locations));
        using var scope = torch.NewDisposeScope();
        var image = torch.tensor([width, height], locations.dtype, locations.device);
        var corner = Corner(locations.detach(), image, scale);
        return torch.cat([corner, corner + Size * Step(scale)], -1).MoveToOuterDisposeScope();
    }

    /// <summary>What is known of images after glimpses at them: each pixel as the sharpest glimpse showed it that covers it, and of equally sharp ones the last.</summary>
    /// <param name="images">[B, C, H, W], floating point.</param>
    /// <param name="locations">[B, T, 2], x and y in −1..1: T glimpses, in order.</param>
    /// <param name="unseen">What stands where none has looked.</param>
    /// <returns>[B, C, H, W], without gradient; the caller's.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public Tensor Reconstruct(Tensor images, Tensor locations, double unseen = 0)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var seen = Project(images);
        Shape.Require(locations, nameof(locations), images.shape[0], "T", 2);
        var glimpses = locations.unbind(1).Select(location => (Location: location, Glimpse: seen.At(location))).ToArray();
        var known = torch.full_like(images, unseen);
        // From coarse to fine, so that the sharper lies on top.
        for (var scale = Scales - 1; scale >= 0; scale--)
        {
            foreach (var (location, glimpse) in glimpses)
            {
                var part = glimpse.narrow(1, scale * images.shape[1], images.shape[1]);
                known = Paste(known, part, Boxes(location, scale, images.shape[2], images.shape[3]), Step(scale));
            }
        }

        return known.MoveToOuterDisposeScope();
    }

    // Each pixel (y, x) of an image asks the glimpse at row ⌊(y − top) / zoomˢ⌋ and column ⌊(x − left) / zoomˢ⌋, if it has these.
    private Tensor Paste(Tensor known, Tensor glimpse, Tensor boxes, long step)
    {
        Tensor Index(int corner, int dimension) =>
            (torch.arange(known.shape[dimension], dtype: boxes.dtype, device: boxes.device) - boxes.select(1, corner).unsqueeze(1)).div(step).floor();
        var (rows, columns) = (Index(1, 2).unsqueeze(2), Index(0, 3).unsqueeze(1));
        Tensor Within(Tensor index) => index.ge(0).logical_and(index.lt(Size));
        var at = (rows.clamp(0, Size - 1) * Size + columns.clamp(0, Size - 1)).to(torch.int64).flatten(1).unsqueeze(1);
        var values = glimpse.flatten(2).gather(2, at.expand(-1, known.shape[1], -1)).reshape(known.shape);
        return torch.where(Within(rows).logical_and(Within(columns)).unsqueeze(1), values, known);
    }

    /// <summary>zoomˢ, the pixels that one pixel of a scale averages along a side.</summary>
    internal long Step(int scale)
    {
        var step = 1L;
        for (var s = 0; s < scale; s++) step *= Zoom;
        return step;
    }

    /// <summary>The pixel in the upper left corner: ⌊(l + 1)·W/2 − w/2 + ½⌋.</summary>
    /// <param name="locations">Any shape that <paramref name="image"/>, the sides (W, H), broadcasts to.</param>
    /// <param name="image">W and H, in pixels.</param>
    /// <param name="scale">Which scale.</param>
    internal Tensor Corner(Tensor locations, Tensor image, int scale)
    {
        using var scope = torch.NewDisposeScope();
        return ((locations + 1) * (image / 2) + (1 - Size * Step(scale)) / 2.0).floor().MoveToOuterDisposeScope();
    }
}
