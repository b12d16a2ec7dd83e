namespace AttentionNotebooks;

/// <summary>Cuts square windows out of a batch of images, each image at places of its own, all in one gather.</summary>
internal static class PixelWindows
{
    /// <summary>The pixels of windows along one axis, [B, M, side] int64.</summary>
    /// <param name="first">int64 [B, M], the first pixel of each window.</param>
    /// <param name="side">The windows' side, in pixels.</param>
    public static Tensor Along(Tensor first, long side)
    {
        using var scope = torch.NewDisposeScope();
        return (first.unsqueeze(-1) + torch.arange(side, torch.int64, first.device)).MoveToOuterDisposeScope();
    }

    /// <summary>Cuts windows.</summary>
    /// <param name="images">[B, C, H, W].</param>
    /// <param name="rows">int64 [B, M, side], in 0..H−1.</param>
    /// <param name="columns">int64 [B, M, side], in 0..W−1.</param>
    /// <returns>[B, C, M, side, side].</returns>
    public static Tensor Cut(Tensor images, Tensor rows, Tensor columns)
    {
        using var scope = torch.NewDisposeScope();
        var (b, c, pixels) = (images.shape[0], images.shape[1], images.shape[2] * images.shape[3]);
        var (m, side) = (rows.shape[1], rows.shape[2]);
        var index = ((rows * images.shape[3]).unsqueeze(-1) + columns.unsqueeze(-2)).reshape(b, 1, m * side * side);
        return images.reshape(b, c, pixels).gather(2, c == 1 ? index : index.expand(b, c, m * side * side))
            .reshape(b, c, m, side, side).MoveToOuterDisposeScope();
    }
}
