namespace AttentionNotebooks;

/// <summary>Draws the weights of a new model from a generator that is passed in, so that the same seed gives the same model.</summary>
public static class Initialization
{
    /// <summary>Draws every weight anew, U(−√(6/fan-in), √(6/fan-in)), and sets biases to 0 (He et al. 2015, eq. 10, for layers followed by ReLU).</summary>
    /// <remarks>The layers' own default is √6 narrower; with it the canvas task stays at chance for the first hundreds of steps.</remarks>
    /// <param name="module">The model; its parameters, of any shape, are changed in place. One with a single dimension counts as a bias.</param>
    /// <param name="generator">Where the numbers come from.</param>
    public static void Draw(torch.nn.Module module, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var parameter in module.parameters())
        {
            if (parameter.dim() < 2)
            {
                parameter.zero_();
                continue;
            }

            // [out, in, …]: what one output sums over. √(6/fan-in) gives a variance of 2/fan-in.
            var bound = Math.Sqrt(6.0 * parameter.shape[0] / parameter.numel());
            parameter.copy_(torch.rand(parameter.shape, parameter.dtype, parameter.device, generator: generator) * (2 * bound) - bound);
        }
    }
}
