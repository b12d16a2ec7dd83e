namespace AttentionNotebooks;

/// <summary>Features of several signals side by side.</summary>
/// <param name="Features">[B, T, M], 0 after the end of each signal.</param>
/// <param name="Lengths">[B] int64, how many frames each has, 1..T.</param>
public sealed record SpeechBatch(Tensor Features, Tensor Lengths)
{
    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public SpeechBatch To(torch.Device device) => Features.device_type == device.type ? this : new(Features.On(device), Lengths.On(device));
}
