namespace AttentionNotebooks;

/// <summary>Counts the bytes that go into the convolutions, linear and recurrent layers of a model while it is attached: what training has to keep until the backward pass has used it.</summary>
/// <remarks>
/// The gradient at a layer's weight W, of y = W x, is the one at y times x: so x has to wait. What lies between the layers is not counted.
/// A tensor that goes into two layers is counted twice. It depends on shapes alone, so that it is the same on every machine.
/// </remarks>
public sealed class ActivationCounter : IDisposable
{
    private readonly LayerCalls calls;

    /// <summary>Attaches to every such layer of a model.</summary>
    public ActivationCounter(torch.nn.Module model)
    {
        calls = new LayerCalls(model, (_, input) => Bytes += input.numel() * input.element_size());
    }

    /// <summary>Bytes since it was attached.</summary>
    public long Bytes { get; private set; }

    /// <summary>Detaches from the model.</summary>
    public void Dispose() => calls.Dispose();
}
