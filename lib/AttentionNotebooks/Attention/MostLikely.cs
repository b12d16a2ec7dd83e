namespace AttentionNotebooks;

/// <summary>Hard attention without chance: the location of greatest weight, c = v_z with z = argmaxₙ αₙ.</summary>
/// <remarks>For evaluation. The choice is recorded; there is no log-probability, as nothing was drawn, and no gradient reaches the scores.</remarks>
public sealed class MostLikely : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Categorical locations, Values values, Generator? generator)
    {
        var choice = locations.Mode();
        return new AttentionResult(At(values, choice), locations.Weights) { Choice = choice };
    }
}
