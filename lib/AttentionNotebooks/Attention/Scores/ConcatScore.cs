namespace AttentionNotebooks;

/// <summary>The score of Luong et al. (2015, eq. 8, “concat”): e = vᵀ tanh(W [q; k]).</summary>
/// <remarks>With W = [W₁ U] it is <see cref="AdditiveScore"/> without a bias, at the price of a pair of vectors in memory for each of T·N pairs.</remarks>
public sealed class ConcatScore : Score
{
    private readonly long queryFeatures;
    private readonly Linear project;
    private readonly Linear combine;

    /// <summary>Makes the two layers.</summary>
    /// <param name="queryFeatures">Dq, the features of a query.</param>
    /// <param name="keyFeatures">Dk, the features of a key.</param>
    /// <param name="hiddenFeatures">The width of the hidden layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public ConcatScore(long queryFeatures, long keyFeatures, long hiddenFeatures) : base(nameof(ConcatScore))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queryFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keyFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenFeatures, 1);
        this.queryFeatures = queryFeatures;
        project = torch.nn.Linear(queryFeatures + keyFeatures, hiddenFeatures, hasBias: false);
        combine = torch.nn.Linear(hiddenFeatures, 1, hasBias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", queryFeatures);
        Shape.Require(keys, nameof(keys), query.shape[0], "N", project.in_features - queryFeatures);
        using var scope = torch.NewDisposeScope();
        var (b, t, n) = (query.shape[0], query.shape[1], keys.shape[1]);
        var pairs = torch.cat([query.unsqueeze(2).expand(b, t, n, queryFeatures), keys.unsqueeze(1).expand(b, t, n, keys.shape[2])], -1);
        // e = vᵀ tanh(W [q; k])   Luong 2015, eq. 8
        return combine.call(project.call(pairs).tanh()).squeeze(-1).MoveToOuterDisposeScope();
    }
}
