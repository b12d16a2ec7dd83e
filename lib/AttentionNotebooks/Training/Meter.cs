namespace AttentionNotebooks;

/// <summary>Sums metrics on their device, and reads them only when a point of the history is due.</summary>
internal sealed class Meter : IDisposable
{
    private readonly Dictionary<string, Tensor> sums = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Adds the metrics of a step, and disposes of them.</summary>
    public void Add(Dictionary<string, Tensor> metrics)
    {
        // An in-place operation returns another handle of its tensor, which needs an owner too.
        using var scope = torch.NewDisposeScope();
        foreach (var (name, value) in metrics)
        {
            if (!sums.TryGetValue(name, out var sum)) sums[name] = sum = torch.zeros([], torch.float64, value.device).DetachFromDisposeScope();
            using (value) sum.add_(value);
        }

        count++;
    }

    /// <summary>The means since the last time.</summary>
    /// <exception cref="ArithmeticException">One is not a finite number.</exception>
    public Dictionary<string, double> Take(int step)
    {
        using var scope = torch.NewDisposeScope();
        var means = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, sum) in sums)
        {
            means[name] = sum.item<double>() / count;
            if (!double.IsFinite(means[name]))
                throw new ArithmeticException($"The training diverged: {name} is {means[name]} at step {step}. Try a smaller learning rate, or a smaller gradient norm.");
            sum.zero_();
        }

        count = 0;
        return means;
    }

    public void Dispose()
    {
        foreach (var sum in sums.Values) sum.Dispose();
    }
}
