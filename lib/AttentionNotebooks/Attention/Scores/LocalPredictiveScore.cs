namespace AttentionNotebooks;

/// <summary>
/// Luong's local-p (2015, §3.2): the query says where the window lies, p = (N − 1) σ(v_pᵀ tanh(W_p q)) (eq. 9), and locations count the less the further they are from it,
/// by a Gaussian of deviation σ = D / 2 (eq. 10).
/// </summary>
/// <remarks>
/// The Gaussian is added to the scores as its logarithm, so that every distribution works with it; with a softmax the weights are those of eq. 10 divided by their sum.
/// Locations count from 0, hence N − 1. The position learns through the Gaussian: there is no gradient through the window's border.
/// </remarks>
public sealed class LocalPredictiveScore : LocalScore
{
    private readonly Linear hidden;
    private readonly Linear position;

    /// <summary>Makes the two layers that say where the window lies.</summary>
    /// <param name="inner">Any score.</param>
    /// <param name="queryFeatures">Dq, the features of a query.</param>
    /// <param name="halfWidth">D ≥ 1, how far the window reaches to each side, in locations.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public LocalPredictiveScore(Score inner, long queryFeatures, int halfWidth) : base(nameof(LocalPredictiveScore), inner, halfWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queryFeatures, 1);
        hidden = torch.nn.Linear(queryFeatures, queryFeatures, hasBias: false);
        position = torch.nn.Linear(queryFeatures, 1, hasBias: false);
        RegisterComponents();
    }

    private protected override Tensor Centre(Tensor query, long locations, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", hidden.in_features);
        // p = S σ(v_pᵀ tanh(W_p h))   Luong 2015, eq. 9
        return position.call(hidden.call(query).tanh()).sigmoid() * Math.Max(locations - 1, 0);
    }

    // exp(−(s − p)² / 2σ²), σ = D / 2   Luong 2015, eq. 10
    private protected override Tensor Within(Tensor distance) => distance.square() * (-2.0 / HalfWidth / HalfWidth);
}
