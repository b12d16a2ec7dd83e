namespace AttentionNotebooks;

/// <summary>Tells whenever a convolution or a linear layer of a model has run, until it is disposed of.</summary>
internal sealed class LayerCalls : IDisposable
{
    private readonly List<Action> detach = [];

    /// <summary>Attaches to every convolution and linear layer of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="called">Is given the layer's weight, its input and its output.</param>
    public LayerCalls(torch.nn.Module model, Action<Tensor, Tensor, Tensor> called)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var module in model.modules())
        {
            if (module is Linear linear) Attach(linear, (input, output) => called(linear.weight, input, output));
            else if (module is Conv2d convolution) Attach(convolution, (input, output) => called(convolution.weight, input, output));
        }
    }

    /// <summary>Detaches from the model.</summary>
    public void Dispose()
    {
        foreach (var remove in detach) remove();
        detach.Clear();
    }

    private void Attach(torch.nn.HookableModule<Func<torch.nn.Module<Tensor, Tensor>, Tensor, Tensor>, Func<torch.nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>> layer, Action<Tensor, Tensor> called)
    {
        var remover = layer.register_forward_hook((_, input, output) =>
        {
            called(input, output);
            return output;
        });
        detach.Add(remover.remove);
    }
}
