namespace AttentionNotebooks;

/// <summary>Tells whenever a layer of a model has run, until it is disposed of: convolutions, linear and recurrent layers.</summary>
internal sealed class LayerCalls : IDisposable
{
    private readonly List<Action> detach = [];

    /// <summary>Attaches to every such layer of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="called">Is given how many multiplications with weights the call took, and the layer's input.</param>
    public LayerCalls(torch.nn.Module model, Action<long, Tensor> called)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var module in model.modules()) Attach(module, called);
    }

    /// <summary>Detaches from the model.</summary>
    public void Dispose()
    {
        foreach (var remove in detach) remove();
        detach.Clear();
    }

    private void Attach(torch.nn.Module module, Action<long, Tensor> called)
    {
        switch (module)
        {
            case Linear linear:
                Attach(linear, (input, output) => called(Multiplications(linear.weight, output), input));
                break;
            case Conv2d convolution:
                Attach(convolution, (input, output) => called(Multiplications(convolution.weight, output), input));
                break;
            case Conv1d convolution:
                Attach(convolution, (input, output) => called(Multiplications(convolution.weight, output), input));
                break;
            case GRU layer:
                detach.Add(layer.register_forward_hook((_, input, _, output) => Told(called, module, input, output)).remove);
                break;
            case GRUCell cell:
                detach.Add(cell.register_forward_hook((_, input, _, output) => Told(called, module, input, output)).remove);
                break;
            case LSTMCell cell:
                detach.Add(cell.register_forward_hook((_, input, _, output) => Told(called, module, input, output)).remove);
                break;
        }
    }

    private void Attach(torch.nn.HookableModule<Func<torch.nn.Module<Tensor, Tensor>, Tensor, Tensor>, Func<torch.nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>> layer, Action<Tensor, Tensor> called) => detach.Add(layer.register_forward_hook((_, input, output) =>
    {
        called(input, output);
        return output;
    }).remove);

    // Every element of the output is a sum of as many products as a row of the weight is long.
    private static long Multiplications(Tensor weight, Tensor output) => weight.numel() / weight.shape[0] * output.numel();

    // Every step of every sequence goes through all weights once.
    private static T Told<T>(Action<long, Tensor> called, torch.nn.Module layer, Tensor input, T output)
    {
        called(layer.parameters().Where(parameter => parameter.dim() > 1).Sum(weight => weight.numel()) * (input.numel() / input.shape[^1]), input);
        return output;
    }
}
