namespace AttentionNotebooks;

/// <summary>Counts the floating-point operations that the convolutions and linear layers of a model really carry out while it is attached.</summary>
/// <remarks>
/// A multiplication and an addition are two operations; what lies between the layers (activations, pooling, the weighted mean) is not counted.
/// It counts calls as they happen, so work that a hard read leaves out is not in the sum.
/// </remarks>
public sealed class FlopCounter : IDisposable
{
    private readonly LayerCalls calls;

    /// <summary>Attaches to every convolution and linear layer of a model.</summary>
    public FlopCounter(torch.nn.Module model)
    {
        // Every element of a layer's output is a sum of as many products as a row of its weight is long.
        calls = new LayerCalls(model, (weight, _, output) => Count += 2 * weight.numel() / weight.shape[0] * output.numel());
    }

    /// <summary>Operations since it was attached.</summary>
    public long Count { get; private set; }

    /// <summary>Detaches from the model.</summary>
    public void Dispose() => calls.Dispose();
}
