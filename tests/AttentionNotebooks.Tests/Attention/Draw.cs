using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Random tensors and weights, from a seed.</summary>
internal static class Draw
{
    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(ulong seed, long[] shape, ScalarType dtype = ScalarType.Float64)
    {
        using var generator = new Generator(seed);
        return randn(shape, dtype: dtype, generator: generator);
    }

    /// <summary>Standard normal numbers in float64 that a gradient may be taken at.</summary>
    public static Tensor Leaf(ulong seed, params long[] shape) => Normal(seed, shape).requires_grad_();

    /// <summary>The module in float64, every parameter normal with deviation 0.5, biases too.</summary>
    public static TModule Weights<TModule>(TModule module, ulong seed) where TModule : nn.Module
    {
        module.to(float64);
        using var generator = new Generator(seed);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var parameter in module.parameters()) parameter.copy_(randn(parameter.shape, dtype: float64, generator: generator) * 0.5);
        return module;
    }
}
