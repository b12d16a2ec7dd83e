namespace AttentionNotebooks;

/// <summary>Local attention (Luong et al. 2015, §3.2): another score, of the locations in a window p − D..p + D alone.</summary>
/// <remarks>Members differ in where the window lies and in what it does within.</remarks>
public abstract class LocalScore : Score
{
    private readonly Score inner;

    /// <summary>Takes the score that is used within the window.</summary>
    /// <param name="name">The class.</param>
    /// <param name="inner">Any score.</param>
    /// <param name="halfWidth">D ≥ 1, how far the window reaches to each side, in locations.</param>
    private protected LocalScore(string name, Score inner, int halfWidth) : base(name)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(halfWidth, 1);
        this.inner = inner;
        HalfWidth = halfWidth;
    }

    /// <summary>D, how far the window reaches to each side, in locations.</summary>
    public int HalfWidth { get; }

    /// <inheritdoc/>
    public sealed override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        using var scope = torch.NewDisposeScope();
        var scores = inner.call(query, keys, past);
        Shape.Require(scores, nameof(scores), "B", "T", "N");
        var distance = torch.arange(keys.shape[1], scores.dtype, scores.device) - Centre(query, keys.shape[1], past).to(scores.dtype);
        var outside = distance.abs() > HalfWidth;
        return (scores + Within(distance)).masked_fill(outside, double.NegativeInfinity).MoveToOuterDisposeScope();
    }

    /// <summary>p, the window's middle, in 0..N−1.</summary>
    /// <returns>A shape that broadcasts to [B, T, 1].</returns>
    private protected abstract Tensor Centre(Tensor query, long locations, Past? past);

    /// <summary>What is added to the scores within the window.</summary>
    /// <param name="distance">n − p, [B, T, N] or broadcast to it.</param>
    private protected abstract Tensor Within(Tensor distance);
}
