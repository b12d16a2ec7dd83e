namespace AttentionNotebooks;

/// <summary>Semi-sampling: with probability p a query reads one drawn location, else the mean (Xu et al. 2015, §4.1, with p = 0.5).</summary>
/// <remarks>p = 0 is <see cref="Expected"/>, p = 1 is <see cref="Sampled"/> that also computes what it does not read. Train it through an estimator: only drawn locations have a log-probability.</remarks>
public sealed class Mixed : Read
{
    private double sampling;

    /// <summary>Makes the read.</summary>
    /// <param name="sampling">p in 0..1.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not in 0..1.</exception>
    public Mixed(double sampling = 0.5) => Sampling = sampling;

    /// <summary>p, how often a location is drawn, in 0..1; it may be changed while training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not in 0..1.</exception>
    public double Sampling
    {
        get => sampling;
        set => sampling = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The probability p is in 0..1.");
    }

    /// <inheritdoc/>
    public override AttentionResult Take(Categorical locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        Values all = values.All();
        var drawn = locations.Sample(generator);
        var softly = torch.rand(drawn.shape, torch.float64, drawn.device, generator: generator) >= Sampling;
        var choice = drawn.masked_fill(softly, Categorical.Nothing);
        var context = torch.where(softly, Mean(all, locations.Weights), At(all, choice));
        return new AttentionResult(context.MoveToOuterDisposeScope(), locations.Weights)
        {
            Choice = choice.MoveToOuterDisposeScope(),
            LogProbability = locations.LogProbability(choice).MoveToOuterDisposeScope(),
            Entropy = locations.Entropy().MoveToOuterDisposeScope(),
        };
    }
}
