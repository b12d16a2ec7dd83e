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
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        Values all = values.All();
        var drawn = locations.Sample(generator);
        var softly = RandomNumbers.Uniform([drawn.Choice.shape[0], drawn.Choice.shape[1], 1], torch.float64, drawn.Choice.device, generator) >= Sampling;
        return new AttentionResult(torch.where(softly, Mean(all, locations.Weights), At(all, drawn)), locations)
        {
            Choice = drawn.Choice.masked_fill(softly, Locations.Nothing),
            Shares = torch.where(softly, locations.Weights, locations.Spread(drawn)),
            LogProbability = locations.LogProbability(drawn.Choice)?.masked_fill(softly.squeeze(-1), 0),
            Entropy = locations.Entropy(),
        }.MoveReadToOuterDisposeScope();
    }
}
