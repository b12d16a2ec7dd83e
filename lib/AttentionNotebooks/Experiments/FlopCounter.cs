namespace AttentionNotebooks;

/// <summary>Counts the floating-point operations that the convolutions, linear and recurrent layers of a model really carry out while it is attached.</summary>
/// <remarks>
/// A multiplication and an addition are two operations; what lies between the layers (activations, pooling, products of queries and keys, the weighted mean) is not counted.
/// It counts calls as they happen, so work that a hard read leaves out is not in the sum.
/// </remarks>
public sealed class FlopCounter : IDisposable
{
    private readonly LayerCalls calls;

    /// <summary>Attaches to every such layer of a model.</summary>
    public FlopCounter(torch.nn.Module model)
    {
        calls = new LayerCalls(model, (multiplications, _) => Count += 2 * multiplications);
    }

    /// <summary>Operations since it was attached.</summary>
    public long Count { get; private set; }

    /// <summary>Detaches from the model.</summary>
    public void Dispose() => calls.Dispose();
}
