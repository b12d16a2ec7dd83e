namespace AttentionNotebooks;

/// <summary>Hard forwards, soft backwards: it reads one drawn location, and passes the gradient on as if it had read the mean (Bengio et al. 2013, §4).</summary>
/// <remarks>No estimator is needed, and the gradient is biased. It computes all values, since the way back needs them.</remarks>
public sealed class StraightThrough : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Categorical locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        var choice = locations.Sample(generator);
        var drawn = torch.zeros_like(locations.Weights).scatter(-1, choice.clamp_min(0), torch.ones_like(choice).to(locations.Weights.dtype)).masked_fill(choice < 0, 0);
        // Forwards exactly the one-hot draw, backwards the gradient of α   Bengio 2013, §4
        var through = drawn + (locations.Weights - locations.Weights.detach());
        return new AttentionResult(Mean(values, through).MoveToOuterDisposeScope(), locations.Weights) { Choice = choice.MoveToOuterDisposeScope() };
    }
}
