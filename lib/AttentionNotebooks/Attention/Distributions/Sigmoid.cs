namespace AttentionNotebooks;

/// <summary>p = σ(e / τ) for each location on its own: gates that open or shut whatever the others do (Lei et al. 2016, eq. 2).</summary>
/// <remarks>Read softly the weights need not sum to 1; read hard, any number of locations is chosen.</remarks>
public sealed class Sigmoid : Distribution
{
    private readonly double temperature;

    /// <summary>Makes independent gates.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is not a positive number.</exception>
    public Sigmoid(double temperature = 1) : base(nameof(Sigmoid))
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature τ is a positive number.");
        this.temperature = temperature;
    }

    /// <inheritdoc/>
    public override BernoulliGates forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var forbidden = Forbidden(scores, mask);
        var logits = scores.masked_fill(forbidden, 0) / temperature;
        var weights = logits.sigmoid().masked_fill(forbidden, 0);
        return new BernoulliGates(weights.MoveToOuterDisposeScope(), logits.MoveToOuterDisposeScope());
    }
}
