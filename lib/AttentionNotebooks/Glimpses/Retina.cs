namespace AttentionNotebooks;

/// <summary>
/// A retina (Mnih et al. 2014, §3.1, the glimpse sensor ρ): square patches around one location, the first sharp and small,
/// each further one a zoom wider and averaged down to the same number of pixels.
/// </summary>
/// <remarks>A location is (x, y) in −1..1: (−1, −1) is the image's left top corner, (1, 1) its right bottom one. Beyond the image everything is 0.</remarks>
public sealed class Retina
{
    /// <summary>Makes a retina.</summary>
    /// <param name="size">The side of every patch, in its own pixels.</param>
    /// <param name="scales">How many patches.</param>
    /// <param name="zoom">How many times as wide each is as the one before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Retina(int size, int scales = 1, int zoom = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scales, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, 1);
        (Size, Scales, Zoom) = (size, scales, zoom);
    }

    /// <summary>The side of every patch, in its own pixels.</summary>
    public int Size { get; }

    /// <summary>How many patches.</summary>
    public int Scales { get; }

    /// <summary>How many times as wide each patch is as the one before.</summary>
    public int Zoom { get; }

    /// <summary>Prepares images to be looked at, once for many glimpses.</summary>
    /// <param name="images">[B, C, H, W], floating point.</param>
    /// <returns>The same with a border of zeros, [B, C, H + 2, W + 2]; the caller's.</returns>
    public static Tensor Open(Tensor images)
    {
        Shape.Require(images, nameof(images), "B", "C", "H", "W");
        return torch.nn.functional.pad(images, [1, 1, 1, 1]);
    }

    /// <summary>Looks at one location of each image.</summary>
    /// <param name="opened">[B, C, H + 2, W + 2], what <see cref="Open"/> gave.</param>
    /// <param name="locations">l [B, 2], x and y; a glimpse has no gradient for it.</param>
    /// <returns>[B, scales·C, size, size], the sharpest first; the caller's.</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Look(Tensor opened, Tensor locations)
    {
        Shape.Require(opened, nameof(opened), "B", "C", "H + 2", "W + 2");
        Shape.Require(locations, nameof(locations), opened.shape[0], 2);
        using var scope = torch.NewDisposeScope();
        var (height, width) = (opened.shape[2] - 2, opened.shape[3] - 2);
        // From −1..1 to 0..W and 0..H.
        var middle = Axes(width / 2.0, height / 2.0, locations);
        var centre = locations.detach() * middle + middle;
        // What lies further out than the border is as empty as the border.
        var edge = Axes(width + 1, height + 1, locations).to(torch.int64).unsqueeze(-1);
        var patches = new Tensor[Scales];
        for (var (scale, factor) = (0, 1L); scale < Scales; (scale, factor) = (scale + 1, factor * Zoom))
        {
            var side = Size * factor;
            var corner = (centre - side / 2.0).round().to(torch.int64);
            var pixels = (corner.unsqueeze(-1) + torch.arange(1, side + 1, torch.int64, locations.device)).clamp_min(0).minimum(edge);
            var patch = PixelWindows.Cut(opened, pixels.narrow(1, 1, 1), pixels.narrow(1, 0, 1)).squeeze(2);
            patches[scale] = factor == 1 ? patch : torch.nn.functional.avg_pool2d(patch, factor);
        }

        return (Scales == 1 ? patches[0] : torch.cat(patches, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>The part of the image that a patch shows, in pixels.</summary>
    /// <param name="x">In −1..1.</param>
    /// <param name="y">In −1..1.</param>
    /// <param name="width">The image's width, in pixels.</param>
    /// <param name="height">The image's height, in pixels.</param>
    /// <param name="scale">Which patch, from 0, the sharpest.</param>
    public Box Patch(double x, double y, int width, int height, int scale = 0)
    {
        var side = Size * Math.Pow(Zoom, scale);
        var left = Math.Round((x + 1) / 2 * width - side / 2);
        var top = Math.Round((y + 1) / 2 * height - side / 2);
        return new Box(left, top, left + side, top + side);
    }

    // One number for x and one for y.
    private static Tensor Axes(double x, double y, Tensor like) => torch.tensor(new[] { x, y }, like.dtype, like.device);
}
