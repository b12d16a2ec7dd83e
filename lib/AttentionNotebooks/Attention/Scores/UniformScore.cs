namespace AttentionNotebooks;

/// <summary>The control: every location fits equally well, e = 0. Read softly it is the plain mean, read hard it looks at random.</summary>
public sealed class UniformScore : Score
{
    /// <summary>Makes the control.</summary>
    public UniformScore() : base(nameof(UniformScore))
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", "T", "Dq");
        Shape.Require(keys, nameof(keys), query.shape[0], "N", "Dk");
        return query.new_zeros(query.shape[0], query.shape[1], keys.shape[1]);
    }
}
