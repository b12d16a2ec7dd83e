namespace AttentionNotebooks;

/// <summary>Hard attention: one location z ~ α is drawn, and only its value is computed, c = v_z (Xu et al. 2015, eq. 8–9).</summary>
/// <remarks>The draw has no gradient: training goes through <see cref="AttentionResult.LogProbability"/> and an estimator.</remarks>
public sealed class Sampled : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Categorical locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var choice = locations.Sample(generator);
        return new AttentionResult(At(values, choice), locations.Weights)
        {
            Choice = choice,
            LogProbability = locations.LogProbability(choice),
            Entropy = locations.Entropy(),
        };
    }
}
