namespace AttentionNotebooks;

/// <summary>Draws the weights of a new model from a generator that is passed in, so that the same seed gives the same model.</summary>
public static class Initialization
{
    /// <summary>Draws every weight anew, U(−√(6/fan-in), √(6/fan-in)), and sets biases to 0 (He et al. 2015, eq. 10, for layers followed by ReLU).</summary>
    /// <remarks>The layers' own default is √6 narrower; with it the canvas task stays at chance for the first hundreds of steps.</remarks>
    /// <param name="module">The model; its parameters, of any shape, are changed in place. One with a single dimension counts as a bias; a scalar, such as a temperature, keeps what it was made with.</param>
    /// <param name="generator">Where the numbers come from.</param>
    public static void Draw(torch.nn.Module module, Generator generator) => DrawUniform(module, generator, 6);

    /// <summary>Draws every weight anew, U(−1/√fan-in, 1/√fan-in), and sets biases to 0: what recurrent layers, gates, scores and projections want, which no ReLU follows.</summary>
    /// <remarks>A recurrent matrix so drawn has a spectral radius near 1/√3: states fade rather than explode.</remarks>
    /// <param name="module">The model; its parameters, of any shape, are changed in place. One with a single dimension counts as a bias; a scalar, such as a temperature, keeps what it was made with.</param>
    /// <param name="generator">Where the numbers come from.</param>
    public static void DrawNarrow(torch.nn.Module module, Generator generator) => DrawUniform(module, generator, 1);

    // U(−√(gain/fan-in), √(gain/fan-in)): a variance of gain/3 over fan-in.
    private static void DrawUniform(torch.nn.Module module, Generator generator, double gain)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var parameter in module.parameters())
        {
            if (parameter.dim() == 0) continue;
            if (parameter.dim() < 2)
            {
                parameter.zero_();
                continue;
            }

            // [out, in, …]: what one output sums over.
            var bound = Math.Sqrt(gain * parameter.shape[0] / parameter.numel());
            parameter.copy_(RandomNumbers.Uniform(parameter.shape, parameter.dtype, parameter.device, generator) * (2 * bound) - bound);
        }
    }
}
