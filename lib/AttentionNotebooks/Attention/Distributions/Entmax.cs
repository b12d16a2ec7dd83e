namespace AttentionNotebooks;

/// <summary>
/// The sparse relatives of softmax: weights that can be exactly 0. α-entmax (Peters et al. 2019, eq. 3 and 10) is
/// the distribution p that maximises p·z + H_α(p), with H_α the Tsallis entropy; it has the form p = [(α − 1) z − τ]₊^{1/(α−1)}, with the τ that makes p sum to 1.
/// </summary>
/// <remarks>α = 1 would be softmax, 2 is sparsemax. Members differ in α and in how they find τ; the gradient is the same for all.</remarks>
public abstract class Entmax : Distribution
{
    /// <summary>Names the distribution after its class.</summary>
    protected Entmax(string name) : base(name)
    {
    }

    /// <summary>α &gt; 1, a scalar tensor; it carries a gradient where it is learned.</summary>
    protected abstract Tensor Alpha { get; }

    /// <inheritdoc/>
    public sealed override Categorical forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var forbidden = Forbidden(scores, mask);
        var power = (Alpha - 1).to(scores.dtype);
        // A row with no location left gets finite scores here and no weights below, so that no NaN arises on the way back.
        var x = (scores.masked_fill(forbidden, 0) * power).masked_fill(forbidden, double.NegativeInfinity).masked_fill(forbidden.all(-1, keepdim: true), 0);

        // Weights do not change when all scores of a row move alike.
        var weights = Solve(x - x.detach().amax([-1], keepdim: true), power).masked_fill(forbidden, 0);
        return (Categorical)Categorical.Of(weights).MoveToOuterDisposeScope();
    }

    /// <summary>Finds the threshold τ of each row.</summary>
    /// <param name="x">(α − 1) z [B, T, N], its rows' maximum 0, −∞ at masked locations; no gradient.</param>
    /// <param name="power">α − 1, a scalar; no gradient.</param>
    /// <returns>τ [B, T, 1], in −1..0.</returns>
    protected abstract Tensor Threshold(Tensor x, Tensor power);

    // p = [x − τ]₊^{1/(α−1)}. One Newton step from the threshold found takes away what rounding left of Σ p − 1; as the slope is a constant in it,
    // the step also carries the derivatives of τ (implicit function theorem): ∂p/∂z = diag(s) − s sᵀ / Σ s with s = p^{2−α}   Peters 2019, prop. 2
    private Tensor Solve(Tensor x, Tensor power)
    {
        Tensor threshold;
        using (torch.no_grad()) threshold = Threshold(x.detach(), power.detach());
        var found = Weights(x, threshold, power);
        var slope = Slope(found.detach(), power.detach()).sum(-1, keepdim: true);
        return Weights(x, threshold + (found.sum(-1, keepdim: true) - 1) / slope, power);
    }

    /// <summary>p = [x − τ]₊^{1/(α−1)}, with no derivative outside the support.</summary>
    private protected static Tensor Weights(Tensor x, Tensor threshold, Tensor power)
    {
        var above = x - threshold;
        var outside = above <= 0;
        return above.masked_fill(outside, 1).pow(1 / power).masked_fill(outside, 0);
    }

    // −∂p/∂τ = p^{2−α} / (α − 1) on the support.
    private static Tensor Slope(Tensor weights, Tensor power)
    {
        var outside = weights <= 0;
        return weights.masked_fill(outside, 1).pow(1 - power).masked_fill(outside, 0) / power;
    }
}
