namespace AttentionNotebooks;

/// <summary>
/// Adaptive computation time, ACT (Graves 2016, eq. 5–13): each example goes on until its halting probabilities add up to 1 − ε,
/// and state and output are the means of all its steps under these probabilities. Deterministic and differentiable.
/// </summary>
/// <remarks>An example that has halted is not computed any further. Add τ ρ to its loss, else it has no reason to stop.</remarks>
public sealed class AdaptiveComputation : Pondering
{
    private readonly double epsilon;

    /// <summary>Makes the halting unit.</summary>
    /// <param name="stateFeatures">S, the features of a state.</param>
    /// <param name="maxSteps">The most steps an example gets.</param>
    /// <param name="epsilon">ε in 0..1: how much may be missing from 1, so that one step can be enough.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or ε not between 0 and 1.</exception>
    public AdaptiveComputation(long stateFeatures, int maxSteps = 20, double epsilon = 0.01) : base(nameof(AdaptiveComputation), stateFeatures, maxSteps)
    {
        if (epsilon is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "ε is between 0 and 1.");
        this.epsilon = epsilon;
        RegisterComponents();
    }

    /// <summary>Repeats a step for as long as each example needs.</summary>
    /// <param name="state">s₀ [B, S].</param>
    /// <param name="step">What is repeated.</param>
    /// <returns>The mean state and output, N, and ρ = N + R, whose gradient is that of R alone.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public Pondered forward(Tensor state, PonderStep step)
    {
        Shape.Require(state, nameof(state), "B", "S");
        using var scope = torch.NewDisposeScope();
        var b = state.shape[0];
        var (meanState, sum, remainder) = (torch.zeros_like(state), state.new_zeros(b), state.new_zeros(b));
        var steps = torch.zeros(b, torch.int64, state.device);
        Tensor? meanOutput = null;
        Repeat(state, step, now =>
        {
            // h_n = σ(W s_n + b)   Graves 2016, eq. 5
            var h = now.Logit.sigmoid();
            var before = sum.index_select(0, now.Examples);
            // N = min { n : Σ_{j≤n} h_j ≥ 1 − ε },  R = 1 − Σ_{n<N} h_n   eq. 7–8
            var halted = now.Step < MaxSteps ? before + h >= 1 - epsilon : torch.ones_like(h, torch.@bool);
            var left = 1 - before;
            // p_n = h_n before N, R at N   eq. 6
            var p = torch.where(halted, left, h);
            // s = Σ p_n s_n,  y = Σ p_n y_n   eq. 9
            meanState = now.AddTo(meanState, p.unsqueeze(-1) * now.State);
            meanOutput = now.AddOutput(meanOutput, b, p);
            sum = now.AddTo(sum, h);
            remainder = now.AddTo(remainder, left.masked_fill(halted.logical_not(), 0));
            steps = now.AddTo(steps, torch.ones_like(now.Examples));
            return halted;
        });
        // ρ = N + R   eq. 10
        return new Pondered(meanState, meanOutput!, steps) { Cost = steps.to(state.dtype) + remainder }.MoveToOuterDisposeScope();
    }
}
