namespace AttentionNotebooks;

/// <summary>
/// Monotonic chunkwise attention (Chiu &amp; Raffel 2018, §2.2–2.4): it stops as <see cref="Monotonic"/> does, and attends softly to the w locations that end there,
/// βₜₙ = Σₖ αₜₖ exp(uₜₙ) / Σₗ exp(uₜₗ) over k = n..n+w−1 and l = k−w+1..k (eq. 16–17).
/// </summary>
/// <remarks>It takes two scores for each location (<see cref="ScorePair"/>), stopping energy e and chunk energy u; with one, that is both.</remarks>
public sealed class Mocha : Monotonic
{
    private readonly int width;

    /// <summary>Makes the distribution.</summary>
    /// <param name="width">w ≥ 1, the locations of a chunk; with 1 it is <see cref="Monotonic"/>.</param>
    /// <param name="noise">The deviation of the noise on the stopping energies while training, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1, or the deviation negative or not a number.</exception>
    public Mocha(int width, double noise = 0) : base(nameof(Mocha), noise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        this.width = width;
    }

    /// <inheritdoc/>
    private protected override int ScoresPerLocation => 2;

    /// <inheritdoc/>
    public override Categorical forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var forbidden = Forbidden(scores, mask);
        var (stopping, chunk) = scores.dim() == 4 ? (scores.select(-1, 0), scores.select(-1, 1)) : (scores, scores);
        var stops = Stops(stopping, forbidden, past, generator);
        var locations = Categorical.WithNothing(Spread(stops, chunk.masked_fill(forbidden, double.NegativeInfinity))) with { Anchor = stops };
        return (Categorical)locations.MoveToOuterDisposeScope();
    }

    // A softmax over each chunk that ends at k, weighted by αₖ, and put back to the locations it came from.
    private Tensor Spread(Tensor stops, Tensor energies)
    {
        var n = energies.shape[2];
        if (n == 0) return stops;
        var chunks = torch.nn.functional.pad(energies, [width - 1, 0], value: double.NegativeInfinity).unfold(-1, width, 1);
        // Where nothing may be stopped at, the chunk gets finite energies, and no weight.
        var shares = torch.nn.functional.softmax(chunks.masked_fill(chunks.isneginf().all(-1, keepdim: true), 0), -1) * stops.unsqueeze(-1);
        var spread = shares.select(-1, width - 1);
        for (var back = 1; back < Math.Min(width, n); back++)
            spread = spread + torch.nn.functional.pad(shares.select(-1, width - 1 - back).narrow(-1, back, n - back), [0, back]);
        return spread;
    }
}
