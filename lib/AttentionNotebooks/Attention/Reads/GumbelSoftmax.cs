namespace AttentionNotebooks;

/// <summary>
/// A relaxed draw: w = softmax((log α + g) / τ) with Gumbel noise g, and c = Σ w v (Jang et al. 2017, eq. 2; Maddison et al. 2017, the Concrete distribution).
/// Towards τ = 0 it is a draw of one location, and the gradient gets noisier; at any τ &gt; 0 it is biased for the hard read.
/// </summary>
/// <remarks>Differentiable, so no estimator is needed; it computes all values. Test with a hard read: a relaxed one is soft.</remarks>
public sealed class GumbelSoftmax : Read
{
    private double temperature = 1;

    /// <summary>Makes the read.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is not a positive number.</exception>
    public GumbelSoftmax(double temperature = 1) => Temperature = temperature;

    /// <summary>The temperature τ &gt; 0; it may be lowered while training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">τ is not a positive number.</exception>
    public double Temperature
    {
        get => temperature;
        set => temperature = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The temperature τ is a positive number.");
    }

    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        var relaxed = locations.Couple(generator).Relaxed(torch.tensor(Temperature, device: locations.Weights.device));
        return new AttentionResult(Mean(values, relaxed), locations) { Shares = relaxed }.MoveReadToOuterDisposeScope();
    }
}
