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

    /// <summary>The operations of a run, in millions.</summary>
    /// <param name="model">The model.</param>
    /// <param name="run">Runs it; its tensors are disposed of, and it has no gradient.</param>
    internal static double MegaFlopsOf(torch.nn.Module model, Action run)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var counter = new FlopCounter(model);
        run();
        return counter.Count / 1e6;
    }

    /// <summary>Operations since it was attached.</summary>
    public long Count { get; private set; }

    /// <summary>Detaches from the model.</summary>
    public void Dispose() => calls.Dispose();
}
