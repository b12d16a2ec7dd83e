namespace AttentionNotebooks;

/// <summary>Hard attention to locations that are given: where somebody looked, or each in turn, to sum over all.</summary>
/// <remarks>The log-probability of the choice is recorded as if it had been drawn.</remarks>
public sealed class Chosen : Read
{
    private readonly Tensor choice;

    /// <summary>Makes the read.</summary>
    /// <param name="choice">z [B, T, K] int64 in 0..N−1, or <see cref="Locations.Nothing"/>; it stays the caller's.</param>
    public Chosen(Tensor choice)
    {
        Shape.Require(choice, nameof(choice), "B", "T", "K");
        this.choice = choice;
    }

    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        Shape.Require(choice, nameof(choice), locations.Weights.shape[0], locations.Weights.shape[1], "K");
        using var scope = torch.NewDisposeScope();
        // A location that cannot be attended to is not read either.
        var possible = Possible(locations);
        var result = new AttentionResult(At(values, new Selection(possible)), locations)
        {
            Choice = possible,
            LogProbability = locations.LogProbability(possible),
            Entropy = locations.Entropy(),
        };
        return result.MoveReadToOuterDisposeScope();
    }

    private Tensor Possible(Locations locations) => choice.masked_fill(locations.Weights.gather(-1, choice.clamp_min(0)) <= 0, Locations.Nothing);
}
