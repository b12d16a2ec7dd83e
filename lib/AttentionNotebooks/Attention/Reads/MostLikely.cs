namespace AttentionNotebooks;

/// <summary>Hard attention without chance: the location of greatest weight, c = v_z with z = argmaxₙ αₙ. Of gates, those rather open than shut.</summary>
/// <remarks>For evaluation. The choice is recorded; there is no log-probability, as nothing was drawn, and no gradient reaches the scores.</remarks>
public sealed class MostLikely : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        var selection = locations.Mode();
        return new AttentionResult(At(values, selection), locations)
        {
            Choice = selection.Choice,
            Shares = selection.Shares is null ? null : locations.Spread(selection),
        };
    }
}
