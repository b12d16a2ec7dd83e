namespace AttentionNotebooks;

/// <summary>Hard attention: one location z ~ α is drawn, and only its value is computed, c = v_z (Xu et al. 2015, eq. 8–9). Of gates, all that the draw opens are read.</summary>
/// <remarks>The draw has no gradient: training goes through <see cref="AttentionResult.LogProbability"/> and an estimator.</remarks>
public sealed class Sampled : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(generator);
        var selection = locations.Sample(generator);
        return new AttentionResult(At(values, selection), locations)
        {
            Choice = selection.Choice,
            Shares = selection.Shares is null ? null : locations.Spread(selection),
            LogProbability = locations.LogProbability(selection.Choice),
            Entropy = locations.Entropy(),
        };
    }
}
