namespace AttentionNotebooks;

/// <summary>The scaled dot product of Vaswani et al. (2017, eq. 1): e = q·k / √D.</summary>
/// <remarks>No parameters. Queries and keys have the same number of features.</remarks>
public sealed class ScaledDotScore : Score
{
    /// <summary>Makes the score.</summary>
    public ScaledDotScore() : base(nameof(ScaledDotScore))
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", "D");
        Shape.Require(keys, nameof(keys), query.shape[0], "N", query.shape[2]);
        using var scope = torch.NewDisposeScope();
        // e = q·k / √D   Vaswani 2017, eq. 1
        return (query.matmul(keys.transpose(1, 2)) / Math.Sqrt(query.shape[2])).MoveToOuterDisposeScope();
    }
}
