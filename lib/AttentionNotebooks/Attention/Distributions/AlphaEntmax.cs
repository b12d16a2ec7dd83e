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

    /// <inheritdoc/>
    protected override Tensor Alpha => logit is null ? constant! : logit.sigmoid() + 1;

    /// <summary>The present α.</summary>
    public double Value
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return Alpha.item<double>();
        }
    }

    /// <inheritdoc/>
    protected override Tensor Threshold(Tensor x, Tensor power)
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
}
