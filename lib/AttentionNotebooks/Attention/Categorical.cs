namespace AttentionNotebooks;

/// <summary>A distribution over the N locations, one for each query.</summary>
/// <param name="Weights">The probabilities α [B, T, N], in 0..1; a row sums to 1, or to 0 where every location is masked.</param>
/// <param name="LogWeights">log α [B, T, N], in nats; −∞ at a location that has no weight.</param>
public sealed record Categorical(Tensor Weights, Tensor LogWeights)
{
    /// <summary>The choice at a row whose every location is masked: no location.</summary>
    public const long Nothing = -1;

    /// <summary>Draws one location for each query.</summary>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>Choices z [B, T, 1], int64 in 0..N−1, or <see cref="Nothing"/>; no gradient.</returns>
    /// <remarks>By inversion in float64: one uniform number for each query, and never a location of weight 0.</remarks>
    public Tensor Sample(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var cumulative = Weights.to(torch.float64).cumsum(-1);
        var total = cumulative.narrow(-1, cumulative.shape[2] - 1, 1);
        var uniform = torch.rand([Weights.shape[0], Weights.shape[1], 1], dtype: torch.float64, device: Weights.device, generator: generator);
        var choice = (cumulative <= uniform * total).sum(-1, keepdim: true);
        return choice.masked_fill(total <= 0, Nothing).MoveToOuterDisposeScope();
    }

    /// <summary>The location of greatest weight, the first of equals.</summary>
    /// <returns>Choices z [B, T, 1], int64 in 0..N−1, or <see cref="Nothing"/>; no gradient.</returns>
    public Tensor Mode()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (greatest, location) = Weights.max(-1, keepdim: true);
        return location.masked_fill(greatest <= 0, Nothing).MoveToOuterDisposeScope();
    }

    /// <summary>log α at the chosen locations.</summary>
    /// <param name="choice">Choices z [B, T, 1], int64.</param>
    /// <returns>log p(z) [B, T], in nats; 0 where nothing was chosen.</returns>
    public Tensor LogProbability(Tensor choice)
    {
        Shape.Require(choice, nameof(choice), Weights.shape[0], Weights.shape[1], 1);
        using var scope = torch.NewDisposeScope();
        var chosen = LogWeights.gather(-1, choice.clamp_min(0)).masked_fill(choice < 0, 0);
        return chosen.squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>H = −Σ α log α, how undecided each query is.</summary>
    /// <returns>Entropy [B, T], in nats, 0..log N.</returns>
    public Tensor Entropy()
    {
        using var scope = torch.NewDisposeScope();
        // α log α is 0 at α = 0, and so is its gradient here.
        var logWeights = LogWeights.masked_fill(Weights <= 0, 0);
        return (Weights * logWeights).sum(-1).neg().MoveToOuterDisposeScope();
    }
}
