namespace AttentionNotebooks;

/// <summary>
/// When does a process halt that halts at step n with probability λ_n, if it has come so far? p_n = λ_n ∏_{j&lt;n} (1 − λ_j),
/// over N steps, the last of which takes what is left (Banino et al. 2021, §2).
/// </summary>
/// <param name="LogProbabilities">log p [B, N], in nats; a row's probabilities sum to 1.</param>
public sealed record HaltingDistribution(Tensor LogProbabilities)
{
    /// <summary>The distribution of given halting probabilities. Products are sums of logarithms: thousands of steps neither underflow nor lose their gradient.</summary>
    /// <param name="logits">log λ/(1 − λ) [B, N]; the last column does not count, since everything halts there.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or there is no step.</exception>
    public static HaltingDistribution FromLogits(Tensor logits)
    {
        Shape.Require(logits, nameof(logits), "B", "N");
        if (logits.shape[1] == 0) throw new ArgumentException("logits has no step; give at least one.", nameof(logits));
        using var scope = torch.NewDisposeScope();
        var early = logits.narrow(1, 0, logits.shape[1] - 1);
        var certain = torch.zeros_like(logits.narrow(1, 0, 1));
        // log p_n = log λ_n + Σ_{j<n} log(1 − λ_j),  λ_N = 1
        var halts = torch.cat([torch.nn.functional.logsigmoid(early), certain], 1);
        var reached = torch.cat([certain, torch.nn.functional.logsigmoid(early.neg()).cumsum(1)], 1);
        return new HaltingDistribution((halts + reached).MoveToOuterDisposeScope());
    }

    /// <summary>The geometric distribution, cut off after N steps: the same λ at every step. The prior of PonderNet.</summary>
    /// <param name="probability">λ between 0 and 1; without the cut the mean is 1/λ steps.</param>
    /// <param name="steps">N.</param>
    /// <param name="dtype">Of the tensor; float32 where none is given.</param>
    /// <param name="device">Where the tensor lies.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is not between 0 and 1, or N below 1.</exception>
    public static HaltingDistribution Geometric(double probability, int steps, torch.ScalarType dtype = torch.ScalarType.Float32, torch.Device? device = null)
    {
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "λ is between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var logits = torch.full(1, steps, Math.Log(probability) - Math.Log(1 - probability), dtype, device);
        return FromLogits(logits);
    }

    /// <summary>E[x] = Σₙ pₙ xₙ, of anything known for each step.</summary>
    /// <param name="perStep">x [B, N].</param>
    /// <returns>[B].</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor Expected(Tensor perStep)
    {
        Shape.Require(perStep, nameof(perStep), LogProbabilities.shape[0], LogProbabilities.shape[1]);
        using var scope = torch.NewDisposeScope();
        return (LogProbabilities.exp() * perStep).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>E[n] = Σₙ n pₙ.</summary>
    /// <returns>[B], in 1..N.</returns>
    public Tensor ExpectedSteps()
    {
        using var scope = torch.NewDisposeScope();
        var n = torch.arange(1, LogProbabilities.shape[1] + 1, LogProbabilities.dtype, LogProbabilities.device);
        return Expected(n.expand(LogProbabilities.shape)).MoveToOuterDisposeScope();
    }

    /// <summary>KL(p‖q) = Σₙ pₙ (log pₙ − log qₙ).</summary>
    /// <param name="prior">q over the same steps; one for all examples, or one for each.</param>
    /// <returns>[B], in nats, 0 or more.</returns>
    /// <exception cref="ArgumentException">The prior has another shape.</exception>
    public Tensor Divergence(HaltingDistribution prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        var q = prior.LogProbabilities;
        Shape.Require(q, nameof(prior), q.shape[0] == 1 ? 1 : LogProbabilities.shape[0], LogProbabilities.shape[1]);
        using var scope = torch.NewDisposeScope();
        return (LogProbabilities.exp() * (LogProbabilities - q)).sum(-1).MoveToOuterDisposeScope();
    }
}
