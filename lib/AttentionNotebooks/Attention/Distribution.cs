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
    /// The distribution over the N locations of each row. A masked location has weight 0;
    /// a row whose every location is masked attends to nothing: all its weights are 0, and no gradient flows.
    /// </returns>
    /// <exception cref="ArgumentException">A shape or dtype does not fit; the message names the tensor.</exception>
    public abstract override Categorical forward(Tensor scores, Tensor? mask);

    /// <summary>Checks a mask and gives it the shape [B, T or 1, N].</summary>
    protected static Tensor? Broadcast(Tensor? mask, Tensor scores)
    {
        Shape.Require(scores, nameof(scores), "B", "T", "N");
        if (mask is null) return null;
        if (mask.dtype != torch.ScalarType.Bool)
            throw new ArgumentException($"mask has dtype {mask.dtype}, expected Bool, true where a location may be attended to.", nameof(mask));
        var (b, t, n) = (scores.shape[0], scores.shape[1], scores.shape[2]);
        if (mask.dim() == 2)
        {
            Shape.Require(mask, nameof(mask), b, n);
            return mask.unsqueeze(1);
        }

        Shape.Require(mask, nameof(mask), b, t, n);
        return mask;
    }
}
