namespace AttentionNotebooks;

/// <summary>Canvases with what is to be found on them.</summary>
/// <param name="Images">[B, 1, S, S] float32 in 0..1.</param>
/// <param name="Labels">[B, O] int64, the O digits from left to right.</param>
/// <param name="Boxes">[B, O, 4] float32: left, top, right, bottom of each digit's ink, in pixels; null where no one knows.</param>
public sealed record CanvasBatch(Tensor Images, Tensor Labels, Tensor? Boxes) : IDisposable
{
    /// <summary>B, the number of canvases.</summary>
    public long Count => Labels.shape[0];

    /// <summary>Some of the canvases, sharing their memory; the caller's.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many at most.</param>
    public CanvasBatch Slice(long start, long count)
    {
        count = Math.Min(count, Count - start);
        return new CanvasBatch(Images.narrow(0, start, count), Labels.narrow(0, start, count), Boxes?.narrow(0, start, count));
    }

    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public CanvasBatch To(torch.Device device) =>
        Images.device_type == device.type ? this : new(Images.On(device), Labels.On(device), Boxes?.On(device));

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        Boxes?.Dispose();
    }
}
