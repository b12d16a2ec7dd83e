namespace AttentionNotebooks;

/// <summary>Hard forwards, soft backwards: it reads one drawn location, and passes the gradient on as if it had read the mean (Bengio et al. 2013, §4).</summary>
/// <remarks>No estimator is needed, and the gradient is biased. It computes all values, since the way back needs them.</remarks>
public sealed class StraightThrough : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        var selection = locations.Sample(generator);
        // Forwards exactly what was drawn, backwards the gradient of α   Bengio 2013, §4
        var through = locations.Spread(selection).detach() + (locations.Weights - locations.Weights.detach());
        return new AttentionResult(Mean(values, through), locations) { Choice = selection.Choice, Shares = through }.MoveReadToOuterDisposeScope();
    }
}
