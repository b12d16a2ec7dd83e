namespace AttentionNotebooks;

/// <summary>Counts the floating-point operations that the convolutions and linear layers of a model really carry out while it is attached.</summary>
/// <remarks>
/// A multiplication and an addition are two operations; what lies between the layers (activations, pooling, the weighted mean) is not counted.
/// It counts calls as they happen, so work that a hard read leaves out is not in the sum.
/// </remarks>
public sealed class FlopCounter : IDisposable
{
    private readonly List<Action> detach = [];

    /// <summary>Attaches to every convolution and linear layer of a model.</summary>
    public FlopCounter(torch.nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var module in model.modules())
        {
            if (module is Linear linear) Attach(linear, 2 * linear.in_features);
            else if (module is Conv2d convolution) Attach(convolution, 2 * convolution.weight.numel() / convolution.weight.shape[0]);
        }
    }

    /// <summary>Operations since it was attached.</summary>
    public long Count { get; private set; }

    /// <summary>Detaches from the model.</summary>
    public void Dispose()
    {
        foreach (var remove in detach) remove();
        detach.Clear();
    }

    // Every element of a layer's output is a sum of as many products as a row of its weight is long.
    private void Attach(torch.nn.HookableModule<Func<torch.nn.Module<Tensor, Tensor>, Tensor, Tensor>, Func<torch.nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>> layer, long perElement)
    {
        var remover = layer.register_forward_hook((_, _, output) =>
        {
            Count += perElement * output.numel();
            return output;
        });
        detach.Add(remover.remove);
    }
}
