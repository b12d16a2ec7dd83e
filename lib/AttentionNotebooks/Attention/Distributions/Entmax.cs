namespace AttentionNotebooks;

/// <summary>
/// The sparse relatives of softmax: weights that can be exactly 0. α-entmax (Peters et al. 2019, eq. 3 and 10) is
/// the distribution p that maximises p·z + H_α(p), with H_α the Tsallis entropy; it has the form p = [(α − 1) z − τ]₊^{1/(α−1)}, with the τ that makes p sum to 1.
/// </summary>
/// <remarks>α = 1 would be softmax, 2 is sparsemax. Members differ in α and in how they find τ.</remarks>
public abstract class Entmax : Distribution
{
    /// <summary>Names the distribution after its class.</summary>
    protected Entmax(string name) : base(name)
    {
    }

    /// <inheritdoc/>
    public sealed override Categorical forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var allowed = Allowed(scores, mask);
        var greatest = allowed.detach().amax([-1], keepdim: true);
        var empty = greatest.isneginf();
        // Weights do not change when all scores of a row move alike.
        var weights = Project(allowed - greatest.masked_fill(empty, 0), empty);
        return (Categorical)Categorical.Of(weights).MoveToOuterDisposeScope();
    }

    /// <summary>Finds the weights.</summary>
    /// <param name="scores">z [B, T, N], its rows' maximum 0; −∞ at masked locations.</param>
    /// <param name="empty">Boolean [B, T, 1], true for a row of −∞ alone, which gets no weights.</param>
    /// <returns>p [B, T, N].</returns>
    private protected abstract Tensor Project(Tensor scores, Tensor empty);
}
