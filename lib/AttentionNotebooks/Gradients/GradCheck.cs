namespace AttentionNotebooks;

/// <summary>Checks gradients against central differences, in float64: ∂f/∂x ≈ (f(x + h) − f(x − h)) / 2h.</summary>
/// <remarks>
/// The function is made scalar by fixed weights on its outputs, so one backward pass covers the whole Jacobian's action.
/// It must be deterministic, and smooth at the point: not at a tie, a kink or the border of a support.
/// </remarks>
public static class GradCheck
{
    /// <summary>Compares the gradients of a function with central differences, for every element of every input.</summary>
    /// <param name="function">From the inputs to a tensor of any shape, float64.</param>
    /// <param name="inputs">Where to check: contiguous float64 leaves, any shape. They are changed and put back; their own gradients are cleared.</param>
    /// <param name="step">h &gt; 0.</param>
    /// <exception cref="ArgumentException">An input is not a contiguous float64 leaf, or the output is not float64.</exception>
    public static GradCheckResult Run(Func<Tensor> function, IEnumerable<Tensor> inputs, double step = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        if (!(step > 0)) throw new ArgumentOutOfRangeException(nameof(step), step, "The step is positive.");
        using var scope = torch.NewDisposeScope();
        var leaves = inputs.Select(RequireLeaf).ToArray();
        var analytic = Analytic(function, leaves);
        var worst = new GradCheckResult(0, 0, 0, 0, 0);
        for (var input = 0; input < leaves.Length; input++)
        {
            for (long element = 0; element < leaves[input].numel(); element++)
            {
                var numeric = CentralDifference(function, leaves[input], element, step);
                var candidate = new GradCheckResult(input, element, analytic[input][element], numeric, worst.Checked + 1);
                worst = candidate.Error >= worst.Error ? candidate : worst with { Checked = candidate.Checked };
            }
        }

        return worst;
    }

    /// <summary>Compares the gradients of a module, for every parameter and every given input.</summary>
    /// <param name="module">The module; its parameters are float64.</param>
    /// <param name="function">Calls it, giving a tensor of any shape, float64.</param>
    /// <param name="inputs">Further float64 leaves to check.</param>
    /// <exception cref="ArgumentException">A parameter or input is not a float64 leaf, or the output is not float64.</exception>
    public static GradCheckResult Run(torch.nn.Module module, Func<Tensor> function, params IEnumerable<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Run(function, [.. inputs, .. module.parameters()]);
    }

    private static Tensor RequireLeaf(Tensor input, int index)
    {
        if (input.dtype != torch.float64 || !input.requires_grad || !input.is_leaf)
            throw new ArgumentException($"Input {index} has dtype {input.dtype}, requires_grad {input.requires_grad}, is_leaf {input.is_leaf}; expected a float64 leaf that requires a gradient.", nameof(input));
        if (!input.is_contiguous()) throw new ArgumentException($"Input {index} is not contiguous; check its contiguous copy, and rearrange that in the function.", nameof(input));
        return input;
    }

    private static double[][] Analytic(Func<Tensor> function, Tensor[] leaves)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var leaf in leaves) leaf.grad = null;
        var output = Scalar(function());
        if (!output.requires_grad) return [.. leaves.Select(leaf => new double[leaf.numel()])];
        output.backward();
        var gradients = leaves.Select(leaf => leaf.grad is null ? new double[leaf.numel()] : leaf.grad.cpu().contiguous().data<double>().ToArray()).ToArray();
        foreach (var leaf in leaves) leaf.grad = null;
        return gradients;
    }

    private static double CentralDifference(Func<Tensor> function, Tensor leaf, long element, double step)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var flat = leaf.detach().view(-1);
        var original = flat[element].item<double>();
        try
        {
            flat[element] = original + step;
            var above = Scalar(function()).item<double>();
            flat[element] = original - step;
            var below = Scalar(function()).item<double>();
            return (above - below) / (2 * step);
        }
        finally
        {
            flat[element] = original;
        }
    }

    // Weights without a pattern (the golden angle's cosines), so that errors in different outputs do not cancel.
    private static Tensor Scalar(Tensor output)
    {
        if (output.dtype != torch.float64) throw new ArgumentException($"The function's output has dtype {output.dtype}, expected Float64.", nameof(output));
        var flat = output.reshape(-1);
        var weights = torch.arange(1, flat.numel() + 1, torch.float64, flat.device).mul(2.399963229728653).cos() + 1.5;
        return (flat * weights).sum();
    }
}
