namespace AttentionNotebooks;

/// <summary>
/// PonderNet (Banino et al. 2021, eq. 2–6): λ_n = σ(w·s_n + b) is the probability of halting at step n. Training takes the loss of every step,
/// weighted by how probable it is to halt there, and keeps that distribution close to a geometric prior; evaluation draws when to halt.
/// </summary>
/// <remarks>Unlike <see cref="AdaptiveComputation"/> it never mixes outputs of different steps, and its gradient is unbiased.</remarks>
public sealed class PonderNet : Pondering
{
    /// <summary>Makes the halting unit.</summary>
    /// <param name="stateFeatures">S, the features of a state.</param>
    /// <param name="maxSteps">N, the most steps an example gets.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public PonderNet(long stateFeatures, int maxSteps = 20) : base(nameof(PonderNet), stateFeatures, maxSteps) => RegisterComponents();

    /// <summary>Takes all N steps, to train.</summary>
    /// <param name="state">s₀ [B, S].</param>
    /// <param name="step">What is repeated.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public PonderedSteps forward(Tensor state, PonderStep step)
    {
        using var scope = torch.NewDisposeScope();
        var (outputs, logits) = (new List<Tensor>(MaxSteps), new List<Tensor>(MaxSteps));
        Repeat(state, step, now =>
        {
            outputs.Add(now.Output);
            logits.Add(now.Logit);
            return null;
        });
        var halting = HaltingDistribution.FromLogits(torch.stack(logits, 1));
        halting.LogProbabilities.MoveToOuterDisposeScope();
        return new PonderedSteps(torch.stack(outputs, 1).MoveToOuterDisposeScope(), halting);
    }

    /// <summary>Draws when to halt, step by step, to evaluate; an example that has halted is not computed any further.</summary>
    /// <param name="state">s₀ [B, S].</param>
    /// <param name="step">What is repeated.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>State and output of the step at which each example halted.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public Pondered Halt(Tensor state, PonderStep step, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Shape.Require(state, nameof(state), "B", "S");
        using var scope = torch.NewDisposeScope();
        var b = state.shape[0];
        var (lastState, steps) = (torch.zeros_like(state), torch.zeros(b, torch.int64, state.device));
        Tensor? lastOutput = null;
        Repeat(state, step, now =>
        {
            var lambda = now.Logit.detach().to(torch.float64).sigmoid();
            var uniform = RandomNumbers.Uniform(lambda.shape, torch.float64, lambda.device, generator);
            // Halts with probability λ_n, and at N in any case.
            var halted = now.Step < MaxSteps ? uniform < lambda : torch.ones_like(lambda, torch.@bool);
            var here = halted.to(state.dtype);
            lastState = now.AddTo(lastState, here.unsqueeze(-1) * now.State);
            lastOutput = now.AddOutput(lastOutput, b, here);
            steps = now.AddTo(steps, torch.ones_like(now.Examples));
            return halted;
        });
        return new Pondered(lastState, lastOutput!, steps).MoveToOuterDisposeScope();
    }
}
