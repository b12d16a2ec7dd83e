namespace AttentionNotebooks;

/// <summary>Luong's local-m (2015, §3.2): the window moves on by one location a step, p = t, counted from 0; at the end it stays.</summary>
public sealed class LocalMonotonicScore : LocalScore
{
    /// <summary>Takes the score that is used within the window.</summary>
    /// <param name="inner">Any score.</param>
    /// <param name="halfWidth">D ≥ 1, how far the window reaches to each side, in locations.</param>
    /// <exception cref="ArgumentOutOfRangeException">D is below 1.</exception>
    public LocalMonotonicScore(Score inner, int halfWidth) : base(nameof(LocalMonotonicScore), inner, halfWidth) => RegisterComponents();

    private protected override Tensor Centre(Tensor query, long locations, Past? past)
    {
        var first = past?.Steps ?? 0;
        return torch.arange(first, first + query.shape[1], query.dtype, query.device).clamp_max(Math.Max(locations - 1, 0)).unsqueeze(-1);
    }

    private protected override Tensor Within(Tensor distance) => torch.zeros_like(distance);
}
