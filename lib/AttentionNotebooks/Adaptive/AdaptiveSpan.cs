namespace AttentionNotebooks;

/// <summary>
/// Each head learns how far it looks: its weights are multiplied by m_z(x) = clamp((R + z − x) / R, 0, 1), with x the distance of a location
/// and z the head's span, and made to sum to 1 again (Sukhbaatar et al. 2019, eq. 5–6).
/// </summary>
/// <remarks>What lies at <see cref="Reach"/> or beyond has no weight in any head, so a caller need not compute it. Add <see cref="MeanSpan"/> to the loss, else spans have no reason to shrink.</remarks>
public sealed class AdaptiveSpan : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly double maxSpan;
    private readonly double ramp;
    private readonly Parameter fraction;

    /// <summary>Makes the spans.</summary>
    /// <param name="heads">K, the number of heads.</param>
    /// <param name="maxSpan">S &gt; 0, the longest span, in the distance's unit.</param>
    /// <param name="ramp">R &gt; 0, over which the mask falls from 1 to 0.</param>
    /// <param name="initialSpan">z at the start, in 0..S.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range.</exception>
    public AdaptiveSpan(int heads, double maxSpan, double ramp, double initialSpan) : base(nameof(AdaptiveSpan))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (!(maxSpan > 0) || double.IsInfinity(maxSpan)) throw new ArgumentOutOfRangeException(nameof(maxSpan), maxSpan, "The longest span S is a positive number.");
        if (!(ramp > 0) || double.IsInfinity(ramp)) throw new ArgumentOutOfRangeException(nameof(ramp), ramp, "The ramp R is a positive number.");
        if (!(initialSpan >= 0 && initialSpan <= maxSpan)) throw new ArgumentOutOfRangeException(nameof(initialSpan), initialSpan, "A span z is in 0..S.");
        (this.maxSpan, this.ramp) = (maxSpan, ramp);
        fraction = torch.nn.Parameter(torch.full(heads, initialSpan / maxSpan));
        RegisterComponents();
    }

    /// <summary>Narrows attention to the spans.</summary>
    /// <param name="weights">α [B, K, T, N], in 0..1, of each head; 0 where it is masked.</param>
    /// <param name="distances">x [T, N], 0 or more: how far each location is from each query.</param>
    /// <returns>[B, K, T, N]; a row sums to 1, or to 0 where nothing that has a weight lies within the span.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public override Tensor forward(Tensor weights, Tensor distances)
    {
        Shape.Require(weights, nameof(weights), "B", fraction.shape[0], "T", "N");
        Shape.Require(distances, nameof(distances), weights.shape[2], weights.shape[3]);
        using var scope = torch.NewDisposeScope();
        // m_z(x) = clamp((R + z − x) / R, 0, 1)   Sukhbaatar 2019, eq. 5
        var mask = ((ramp + Spans().to(weights.dtype).reshape(-1, 1, 1) - distances.to(weights.dtype)) / ramp).clamp(0, 1);
        // a = m α / Σ m α, where α ∝ exp(score)   eq. 6
        var within = weights * mask;
        var total = within.sum(-1, keepdim: true);
        return (within / total.masked_fill(total <= 0, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>The span of each head.</summary>
    /// <returns>z [K], in 0..S, with a gradient.</returns>
    public Tensor Spans()
    {
        using var scope = torch.NewDisposeScope();
        // A step of the optimizer may leave the range; a clamp with a gradient of 0 out there would keep a span from ever coming back.
        using (torch.no_grad()) fraction.clamp_(0, 1);
        return (fraction * maxSpan).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of the spans, a scalar: times λ it is the penalty (Sukhbaatar et al. 2019, eq. 7).</summary>
    public Tensor MeanSpan()
    {
        using var scope = torch.NewDisposeScope();
        return Spans().mean().MoveToOuterDisposeScope();
    }

    /// <summary>The hard limit: no head gives a weight to a location at this distance or beyond, max z + R.</summary>
    public double Reach()
    {
        using var scope = torch.NewDisposeScope();
        return Spans().max().ToDouble() + ramp;
    }
}
