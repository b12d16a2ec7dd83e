namespace AttentionNotebooks;

/// <summary>The second of the three choices: how do scores become a distribution over locations?</summary>
public abstract class Distribution : torch.nn.Module<Tensor, Tensor?, Categorical>
{
    /// <summary>Names the distribution after its class.</summary>
    protected Distribution(string name) : base(name)
    {
    }

    /// <summary>Turns scores into weights.</summary>
    /// <param name="scores">Scores e [B, T, N], floating point.</param>
    /// <param name="mask">Boolean [B, N] or [B, T, N], true where a location may be attended to; null allows all.</param>
    /// <returns>
    /// The distribution over the N locations of each row. A masked location, or one whose score is −∞, has weight 0;
    /// a row with no other location attends to nothing: all its weights are 0, and no gradient flows.
    /// </returns>
    /// <exception cref="ArgumentException">A shape or dtype does not fit; the message names the tensor.</exception>
    public abstract override Categorical forward(Tensor scores, Tensor? mask);

    /// <summary>Checks scores and mask, and says which locations cannot be attended to: those that are masked, and those whose score is −∞.</summary>
    /// <returns>Boolean, true where not; of a shape that broadcasts to the scores'.</returns>
    protected static Tensor Forbidden(Tensor scores, Tensor? mask)
    {
        Shape.Require(scores, nameof(scores), "B", "T", "N");
        AttentionChecks.RequireNumbers(scores, nameof(scores));
        var impossible = scores.isneginf();
        if (mask is null) return impossible;
        if (mask.dtype != torch.ScalarType.Bool)
            throw new ArgumentException($"mask has dtype {mask.dtype}, expected Bool, true where a location may be attended to.", nameof(mask));
        var (b, t, n) = (scores.shape[0], scores.shape[1], scores.shape[2]);
        if (mask.dim() == 2)
        {
            Shape.Require(mask, nameof(mask), b, n);
            return mask.unsqueeze(1).logical_not().logical_or(impossible);
        }

        Shape.Require(mask, nameof(mask), b, t, n);
        return mask.logical_not().logical_or(impossible);
    }
}
