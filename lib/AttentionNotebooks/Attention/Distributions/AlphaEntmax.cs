namespace AttentionNotebooks;

/// <summary>α-entmax for any α &gt; 1, by bisection, with α fixed or learned (Correia et al. 2019, §3).</summary>
public sealed class AlphaEntmax : Entmax
{
    private const int Halvings = 60;

    private readonly Tensor? constant;
    private readonly Parameter? logit;

    /// <summary>Makes an α-entmax.</summary>
    /// <param name="alpha">α &gt; 1; where it is learned, between 1 and 2.</param>
    /// <param name="learned">Whether α is a parameter, α = 1 + σ(a) (Correia et al. 2019, §3.2).</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not in its range.</exception>
    public AlphaEntmax(double alpha = 1.5, bool learned = false) : base(nameof(AlphaEntmax))
    {
        if (!(alpha > 1) || double.IsInfinity(alpha) || (learned && alpha >= 2))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, learned ? "A learned α begins between 1 and 2." : "α is a number greater than 1; for α = 1 take Softmax.");
        if (learned) logit = torch.nn.Parameter(torch.tensor(Math.Log((alpha - 1) / (2 - alpha))));
        else constant = torch.tensor(alpha, torch.float64).DetachFromDisposeScope();
        RegisterComponents();
    }

    private Tensor Alpha => logit is null ? constant! : logit.sigmoid() + 1;

    /// <summary>The present α.</summary>
    public double Value
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return Alpha.item<double>();
        }
    }

    // p = [x − τ]₊^{1/(α−1)}. One Newton step from the threshold found takes away what the bisection left of Σ p − 1; as the slope is a constant in it,
    // the step also carries the derivatives of τ (implicit function theorem), for the scores and for α: ∂p/∂z = diag(s) − s sᵀ / Σ s with s = p^{2−α}   Peters 2019, prop. 2
    private protected override Tensor Project(Tensor scores, Tensor empty)
    {
        var power = (Alpha - 1).to(scores.dtype);
        // −∞ times a number that has a derivative would give it NaN.
        var forbidden = scores.isneginf();
        var x = (scores.masked_fill(forbidden, 0) * power).masked_fill(forbidden, double.NegativeInfinity).masked_fill(empty, 0);
        Tensor threshold;
        using (torch.no_grad()) threshold = Bisect(x.detach(), power.detach());
        var found = Weights(x, threshold, power);
        var slope = Slope(found.detach(), power.detach()).sum(-1, keepdim: true);
        return Weights(x, threshold + (found.sum(-1, keepdim: true) - 1) / slope, power).masked_fill(forbidden, 0);
    }

    private static Tensor Bisect(Tensor x, Tensor power)
    {
        // At τ = −1 the largest weight alone is 1; at τ = −N^{1−α} no weight is more than 1/N.
        var low = torch.full_like(x.narrow(-1, 0, 1), -1);
        var high = low * torch.full_like(low, x.shape[2]).pow(power.neg());
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            var tooMuch = Weights(x, middle, power).sum(-1, keepdim: true) >= 1;
            low = torch.where(tooMuch, middle, low);
            high = torch.where(tooMuch, high, middle);
        }

        return low;
    }

    // With no derivative outside the support.
    private static Tensor Weights(Tensor x, Tensor threshold, Tensor power)
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
