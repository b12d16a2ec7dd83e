namespace AttentionNotebooks;

/// <summary>
/// Random numbers for tensors wherever they are. TorchSharp's generators are the processor's, whatever device they are made for
/// (THSGenerator_new makes no other): so numbers are drawn there and sent, and one seed gives the same draws on every device.
/// </summary>
internal static class RandomNumbers
{
    /// <summary>Numbers between 0 and 1, without 1.</summary>
    public static Tensor Uniform(long[] shape, torch.ScalarType dtype, torch.Device device, Generator? generator) =>
        Send(torch.rand(shape, dtype, torch.CPU, generator: generator), device);

    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(long[] shape, torch.ScalarType dtype, torch.Device device, Generator? generator) =>
        Send(torch.randn(shape, dtype, torch.CPU, generator: generator), device);

    /// <summary>Whole numbers from 0, below a bound.</summary>
    public static Tensor Below(long bound, long[] shape, torch.Device device, Generator? generator) =>
        Send(torch.randint(bound, shape, torch.int64, torch.CPU, generator: generator), device);

    private static Tensor Send(Tensor drawn, torch.Device device)
    {
        if (device.type == DeviceType.CPU) return drawn;
        using (drawn) return drawn.to(device);
    }
}
