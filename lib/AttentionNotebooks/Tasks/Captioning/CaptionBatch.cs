namespace AttentionNotebooks;

/// <summary>Pictures with a caption each.</summary>
/// <param name="Pictures">[B, 3, S, S] float32 in 0..1.</param>
/// <param name="Captions">[B, T] int64, each with <see cref="Vocabulary.End"/> and then <see cref="Vocabulary.Padding"/>.</param>
/// <param name="Boxes">[B, T, 4] float32: left, top, right, bottom of the object that each word speaks of, in pixels; 0 where it speaks of none.</param>
/// <param name="Names">Boolean [B, T], whether a word speaks of an object.</param>
public sealed record CaptionBatch(Tensor Pictures, Tensor Captions, Tensor Boxes, Tensor Names)
{
    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public CaptionBatch To(torch.Device device) => Pictures.device_type == device.type ? this : new(Pictures.On(device), Captions.On(device), Boxes.On(device), Names.On(device));
}
