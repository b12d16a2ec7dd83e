namespace AttentionNotebooks;

/// <summary>Draws the weights of a new model from a generator that is passed in, so that the same seed gives the same model.</summary>
public static class Initialization
{
    /// <summary>Draws every parameter anew: U(−1/√fan-in, 1/√fan-in), for a bias with the fan-in of its weight (the layers' own default, after LeCun et al. 1998, §4.6).</summary>
    /// <param name="module">The model; its parameters are changed in place.</param>
    /// <param name="generator">Where the numbers come from.</param>
    public static void Draw(torch.nn.Module module, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var fanIn = 1L;
        foreach (var (_, parameter) in module.named_parameters())
        {
            // A layer lists its weight [out, in, …] before its bias [out].
            if (parameter.dim() > 1) fanIn = Math.Max(1, parameter.numel() / parameter.shape[0]);
            var bound = 1 / Math.Sqrt(fanIn);
            parameter.copy_(torch.rand(parameter.shape, parameter.dtype, parameter.device, generator: generator) * (2 * bound) - bound);
        }
    }
}
