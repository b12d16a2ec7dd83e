namespace AttentionNotebooks;

/// <summary>The additive score of Bahdanau et al. (2015, appendix A.1.2): e = vᵀ tanh(W q + U k + b).</summary>
public sealed class AdditiveScore : Score
{
    private readonly Linear projectQuery;
    private readonly Linear projectKey;
    private readonly Linear combine;

    /// <summary>Makes the three projections.</summary>
    /// <param name="queryFeatures">Dq, the features of a query.</param>
    /// <param name="keyFeatures">Dk, the features of a key.</param>
    /// <param name="hiddenFeatures">The width of the hidden layer, rows of W and U.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public AdditiveScore(long queryFeatures, long keyFeatures, long hiddenFeatures) : base(nameof(AdditiveScore))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queryFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keyFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenFeatures, 1);
        projectQuery = torch.nn.Linear(queryFeatures, hiddenFeatures);
        projectKey = torch.nn.Linear(keyFeatures, hiddenFeatures, hasBias: false);
        combine = torch.nn.Linear(hiddenFeatures, 1, hasBias: false);
        RegisterComponents();
    }

    // vᵀ [1, H]
    internal Tensor Combination => combine.weight;

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", projectQuery.in_features);
        Shape.Require(keys, nameof(keys), query.shape[0], "N", projectKey.in_features);
        using var scope = torch.NewDisposeScope();
        // e = vᵀ tanh(W q + U k + b)   Bahdanau 2015, A.1.2
        var hidden = (projectQuery.call(query).unsqueeze(2) + projectKey.call(keys).unsqueeze(1)).tanh();
        return combine.call(hidden).squeeze(-1).MoveToOuterDisposeScope();
    }
}
