namespace AttentionNotebooks;

/// <summary>Square windows at regular places of a square image: the N locations that patch attention chooses from, counted row by row.</summary>
public sealed class WindowGrid
{
    /// <summary>Lays out the windows.</summary>
    /// <param name="imageSize">The image's side, in pixels.</param>
    /// <param name="windowSize">A window's side, in pixels.</param>
    /// <param name="stride">From one window to the next, in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a window is larger than the image.</exception>
    public WindowGrid(int imageSize, int windowSize, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowSize, imageSize);
        (ImageSize, WindowSize, Stride) = (imageSize, windowSize, stride);
        Side = (imageSize - windowSize) / stride + 1;
    }

    /// <summary>The image's side, in pixels.</summary>
    public int ImageSize { get; }

    /// <summary>A window's side, in pixels.</summary>
    public int WindowSize { get; }

    /// <summary>From one window to the next, in pixels.</summary>
    public int Stride { get; }

    /// <summary>Windows in a row, and rows of windows.</summary>
    public int Side { get; }

    /// <summary>N, the number of windows.</summary>
    public int Count => Side * Side;

    /// <summary>The rectangle of a window.</summary>
    /// <param name="location">n in 0..N−1.</param>
    public Box this[long location]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(location);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(location, Count);
            var (row, column) = Math.DivRem(location, Side);
            return new Box(column * Stride, row * Stride, column * Stride + WindowSize, row * Stride + WindowSize);
        }
    }

    /// <summary>The rectangles of all windows.</summary>
    /// <returns>[N, 4] float32: left, top, right, bottom, in pixels; the caller's.</returns>
    public Tensor Boxes(torch.Device? device = null)
    {
        var sides = Enumerable.Range(0, Count).SelectMany(n => new[] { (float)this[n].Left, (float)this[n].Top, (float)this[n].Right, (float)this[n].Bottom });
        return torch.tensor(sides.ToArray(), [Count, 4], device: device);
    }

    /// <summary>Cuts out every window.</summary>
    /// <param name="images">[B, 1, S, S] with S the image's side.</param>
    /// <returns>[B, N, W, W] with W a window's side; the caller's.</returns>
    public Tensor All(Tensor images)
    {
        Shape.Require(images, nameof(images), "B", 1, ImageSize, ImageSize);
        using var scope = torch.NewDisposeScope();
        return images.unfold(2, WindowSize, Stride).unfold(3, WindowSize, Stride)
            .reshape(images.shape[0], Count, WindowSize, WindowSize).MoveToOuterDisposeScope();
    }

    /// <summary>Cuts out some windows of each image, all in one gather.</summary>
    /// <param name="images">[B, 1, S, S] with S the image's side.</param>
    /// <param name="locations">int64 [B, M], in 0..N−1.</param>
    /// <returns>[B, M, W, W] with W a window's side; the caller's.</returns>
    public Tensor At(Tensor images, Tensor locations)
    {
        Shape.Require(images, nameof(images), "B", 1, ImageSize, ImageSize);
        Shape.Require(locations, nameof(locations), images.shape[0], "M");
        using var scope = torch.NewDisposeScope();
        var corner = locations.div(Side, torch.RoundingMode.floor) * (Stride * ImageSize) + locations.remainder(Side) * Stride;
        var steps = torch.arange(WindowSize, torch.int64, images.device);
        var within = (steps.unsqueeze(1) * ImageSize + steps).reshape(1, 1, -1);
        var index = (corner.unsqueeze(-1) + within).reshape(images.shape[0], -1);
        return images.reshape(images.shape[0], -1).gather(1, index)
            .reshape(images.shape[0], locations.shape[1], WindowSize, WindowSize).MoveToOuterDisposeScope();
    }
}
