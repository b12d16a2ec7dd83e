namespace AttentionNotebooks;

/// <summary>Soft attention: the weighted mean of all values, c = Σₙ αₙ vₙ (Bahdanau et al. 2015, eq. 5; Xu et al. 2015, eq. 13).</summary>
public sealed class Expected : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        // c = Σₙ αₙ vₙ   Xu 2015, eq. 13
        return new AttentionResult(Mean(values, locations.Weights), locations);
    }
}
