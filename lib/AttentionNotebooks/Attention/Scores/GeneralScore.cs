namespace AttentionNotebooks;

/// <summary>The bilinear score of Luong et al. (2015, eq. 8, “general”): e = qᵀ W k.</summary>
public sealed class GeneralScore : Score
{
    private readonly Linear project;

    /// <summary>Makes the matrix W.</summary>
    /// <param name="queryFeatures">Dq, the features of a query.</param>
    /// <param name="keyFeatures">Dk, the features of a key.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public GeneralScore(long queryFeatures, long keyFeatures) : base(nameof(GeneralScore))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queryFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keyFeatures, 1);
        project = torch.nn.Linear(keyFeatures, queryFeatures, hasBias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", project.out_features);
        Shape.Require(keys, nameof(keys), query.shape[0], "N", project.in_features);
        using var scope = torch.NewDisposeScope();
        // e = qᵀ W k   Luong 2015, eq. 8
        return query.matmul(project.call(keys).transpose(1, 2)).MoveToOuterDisposeScope();
    }
}
