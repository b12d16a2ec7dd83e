namespace AttentionNotebooks;

/// <summary>Cuts square windows out of a batch of images at whole pixels, all windows of all images in one gather; what lies outside an image is 0.</summary>
/// <remarks>
/// The gather is libtorch's sampler at the nearest pixel: its index is computed in pixels, so the nearest one is meant exactly, and it knows the outside.
/// It measured three times as fast as <c>gather</c> with a clamped index and a mask.
/// </remarks>
internal sealed class PixelWindows
{
    private readonly Tensor images;
    private readonly Tensor within;
    private readonly Tensor perPixel;
    private readonly int size;

    /// <summary>Prepares images; the tensors belong to the current scope.</summary>
    /// <param name="images">[B, C, H, W], floating point.</param>
    /// <param name="size">A window's side, in picks.</param>
    /// <param name="step">From one pick to the next, in pixels.</param>
    /// <param name="origin">The pixel, in x and y alike, that corners are counted from.</param>
    public PixelWindows(Tensor images, int size, long step = 1, long origin = 0)
    {
        (this.images, this.size) = (images, size);
        using var scope = torch.NewDisposeScope();
        var like = images.detach();
        perPixel = torch.tensor([2.0 / images.shape[3], 2.0 / images.shape[2]], like.dtype, like.device).reshape(2, 1);
        // Picks are at the middle of a pixel; −1 is the left edge of the first, 1 the right edge of the last.
        var middles = (torch.arange(size, dtype: like.dtype, device: like.device) * step + (origin + 0.5)) * perPixel - 1;
        within = torch.stack([middles[0].expand(size, size), middles[1].unsqueeze(1).expand(size, size)])
            .unsqueeze(1).MoveToOuterDisposeScope();
        perPixel.MoveToOuterDisposeScope();
    }

    /// <summary>Cuts.</summary>
    /// <param name="corners">[B, 2, M]: x and y of the first pick of each window, whole numbers of the images' dtype.</param>
    /// <returns>[B, C, M·size, size], the windows of an image one below the other; a gradient for the images.</returns>
    public Tensor At(Tensor corners)
    {
        using var scope = torch.NewDisposeScope();
        // [B, 2, M, 1, 1] + [2, 1, size, size]
        var places = (corners * perPixel).unsqueeze(-1).unsqueeze(-1) + within;
        var grid = places.permute(0, 2, 3, 4, 1).reshape(corners.shape[0], corners.shape[2] * size, size, 2);
        return torch.nn.functional.grid_sample(images, grid, torch.GridSampleMode.Nearest, torch.GridSamplePaddingMode.Zeros, align_corners: false).MoveToOuterDisposeScope();
    }
}
