namespace AttentionNotebooks;

/// <summary>The dot product of Luong et al. (2015, eq. 8, “dot”): e = q·k.</summary>
/// <remarks>No parameters. Queries and keys have the same number of features; with many of them, prefer <see cref="ScaledDotScore"/>.</remarks>
public sealed class DotScore : Score
{
    /// <summary>Makes the score.</summary>
    public DotScore() : base(nameof(DotScore))
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", "D");
        Shape.Require(keys, nameof(keys), query.shape[0], "N", query.shape[2]);
        using var scope = torch.NewDisposeScope();
        // e = q·k   Luong 2015, eq. 8
        return query.matmul(keys.transpose(1, 2)).MoveToOuterDisposeScope();
    }
}
