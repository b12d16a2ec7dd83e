namespace AttentionNotebooks;

/// <summary>How much the context counts at this step: β = σ(w·h + b), and c becomes β c (Xu et al. 2015, §4.2.1).</summary>
/// <remarks>One number for each step, from the state before it: a word that needs no look can close the gate.</remarks>
public sealed class ContextGate : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear gate;

    /// <summary>Makes the gate.</summary>
    /// <param name="stateFeatures">H, the features of a state.</param>
    /// <exception cref="ArgumentOutOfRangeException">H is below 1.</exception>
    public ContextGate(long stateFeatures) : base(nameof(ContextGate))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stateFeatures, 1);
        gate = torch.nn.Linear(stateFeatures, 1);
        RegisterComponents();
    }

    /// <summary>How far the gate is open.</summary>
    /// <param name="state">h_{t−1} [B, T, H]: for each step, the state before it.</param>
    /// <returns>β [B, T, 1], in 0..1.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public Tensor Openness(Tensor state)
    {
        Shape.Require(state, nameof(state), "B", "T", gate.in_features);
        using var scope = torch.NewDisposeScope();
        // β = σ(f_β(h_{t−1}))   Xu 2015, §4.2.1
        return gate.call(state).sigmoid().MoveToOuterDisposeScope();
    }

    /// <summary>Gates the context.</summary>
    /// <param name="state">h_{t−1} [B, T, H]: for each step, the state before it.</param>
    /// <param name="context">c [B, T, D].</param>
    /// <returns>β c [B, T, D].</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public override Tensor forward(Tensor state, Tensor context)
    {
        Shape.Require(state, nameof(state), "B", "T", gate.in_features);
        Shape.Require(context, nameof(context), state.shape[0], state.shape[1], "D");
        using var scope = torch.NewDisposeScope();
        return (Openness(state) * context).MoveToOuterDisposeScope();
    }
}
