namespace AttentionNotebooks;

/// <summary>Reads a mixture that is given, c = Σₙ wₙ vₙ, whatever the locations' own weights.</summary>
/// <param name="weights">w [B, T, N].</param>
internal sealed class Weighed(Tensor weights) : Read
{
    public override AttentionResult Take(Locations locations, Values values, Generator? generator) => new(Mean(values, weights), locations) { Shares = weights };
}
