namespace AttentionNotebooks;

/// <summary>The second of the three choices: how do scores become a distribution over locations?</summary>
public abstract class Distribution : torch.nn.Module<Tensor, Tensor?, Past?, Generator?, Locations>
{
    /// <summary>Names the distribution after its class.</summary>
    protected Distribution(string name) : base(name)
    {
    }

    /// <summary>Turns scores into weights.</summary>
    /// <param name="scores">Scores e [B, T, N], floating point; [B, T, N, 2] for a distribution that takes two for each location.</param>
    /// <param name="mask">Boolean [B, N] or [B, T, N], true where a location may be attended to; null allows all.</param>
    /// <param name="past">What earlier steps attended to; null at the first, and most distributions do without.</param>
    /// <param name="generator">Where noise comes from, for a distribution that adds it while training.</param>
    /// <returns>
    /// The distribution over the N locations of each row. A masked location, or one whose score is −∞, has weight 0;
    /// a row with no other location attends to nothing: all its weights are 0, and no gradient flows.
    /// </returns>
    /// <exception cref="ArgumentException">A shape or dtype does not fit; the message names the tensor.</exception>
    public abstract override Locations forward(Tensor scores, Tensor? mask, Past? past, Generator? generator);

    /// <summary>Turns scores into weights, at the first step or where the past does not matter.</summary>
    /// <inheritdoc cref="forward"/>
    public Locations call(Tensor scores, Tensor? mask) => call(scores, mask, null, null);

    /// <summary>How many scores the distribution can take for each location.</summary>
    private protected virtual int ScoresPerLocation => 1;

    /// <summary>Checks scores and mask, and gives −∞ to locations that are masked.</summary>
    /// <returns>[B, T, N].</returns>
    private protected Tensor Allowed(Tensor scores, Tensor? mask)
    {
        Check(scores);
        return mask is null ? scores : scores.masked_fill(Closed(scores, mask), double.NegativeInfinity);
    }

    /// <summary>Checks scores and mask, and says which locations cannot be attended to: those that are masked, and those whose score is −∞.</summary>
    /// <returns>Boolean, true where not; of a shape that broadcasts to the scores'.</returns>
    protected Tensor Forbidden(Tensor scores, Tensor? mask)
    {
        Check(scores);
        var impossible = scores.isneginf();
        if (scores.dim() == 4) impossible = impossible.any(-1);
        return mask is null ? impossible : Closed(scores, mask).logical_or(impossible);
    }

    private void Check(Tensor scores)
    {
        if (ScoresPerLocation > 1 && scores?.dim() == 4) Shape.Require(scores, nameof(scores), "B", "T", "N", ScoresPerLocation);
        else Shape.Require(scores!, nameof(scores), "B", "T", "N");
        AttentionChecks.RequireNumbers(scores!, nameof(scores));
    }

    // Boolean, true where masked; [B, T, N] or [B, 1, N].
    private static Tensor Closed(Tensor scores, Tensor mask)
    {
        if (mask.dtype != torch.ScalarType.Bool)
            throw new ArgumentException($"mask has dtype {mask.dtype}, expected Bool, true where a location may be attended to.", nameof(mask));
        var (b, t, n) = (scores.shape[0], scores.shape[1], scores.shape[2]);
        if (mask.dim() == 2)
        {
            Shape.Require(mask, nameof(mask), b, n);
            return mask.unsqueeze(1).logical_not();
        }

        Shape.Require(mask, nameof(mask), b, t, n);
        return mask.logical_not();
    }
}
