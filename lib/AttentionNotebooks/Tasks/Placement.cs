namespace AttentionNotebooks;

/// <summary>Where a model is. Data sets stay on the processor, and so does the order of their minibatches; a batch is sent to its model.</summary>
internal static class Placement
{
    /// <summary>The device of a module's parameters.</summary>
    public static torch.Device Device(this torch.nn.Module module) => module.parameters().First().device;

    /// <summary>A tensor on a device: itself if it is there.</summary>
    public static Tensor On(this Tensor tensor, torch.Device device) => tensor.device_type == device.type ? tensor : tensor.to(device);
}
