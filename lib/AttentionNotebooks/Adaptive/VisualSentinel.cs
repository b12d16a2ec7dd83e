namespace AttentionNotebooks;

/// <summary>What a recurrent model knows already and can read instead of looking: s = σ(W_x x + W_h h) ⊙ tanh(m) (Lu et al. 2017, eq. 9–10).</summary>
/// <remarks>Give it to a <see cref="SentinelAttention"/> as one more place to look.</remarks>
public sealed class VisualSentinel : torch.nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly Linear gateInput;
    private readonly Linear gateState;

    /// <summary>Makes the gate.</summary>
    /// <param name="inputFeatures">The features of an input x.</param>
    /// <param name="stateFeatures">The features of a state h.</param>
    /// <param name="memoryFeatures">D, the features of the memory m, and of the sentinel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public VisualSentinel(long inputFeatures, long stateFeatures, long memoryFeatures) : base(nameof(VisualSentinel))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stateFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryFeatures, 1);
        gateInput = torch.nn.Linear(inputFeatures, memoryFeatures, hasBias: false);
        gateState = torch.nn.Linear(stateFeatures, memoryFeatures, hasBias: false);
        RegisterComponents();
    }

    /// <summary>Computes the sentinel of each step.</summary>
    /// <param name="input">x_t [B, T, Dx].</param>
    /// <param name="state">h_{t−1} [B, T, H]: the state before the step.</param>
    /// <param name="memory">m_t [B, T, D]: the cell of an LSTM, or whatever the model remembers.</param>
    /// <returns>s_t [B, T, D], in −1..1.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public override Tensor forward(Tensor input, Tensor state, Tensor memory)
    {
        Shape.Require(input, nameof(input), "B", "T", gateInput.in_features);
        Shape.Require(state, nameof(state), input.shape[0], input.shape[1], gateState.in_features);
        Shape.Require(memory, nameof(memory), input.shape[0], input.shape[1], gateInput.out_features);
        using var scope = torch.NewDisposeScope();
        // s = σ(W_x x + W_h h) ⊙ tanh(m)   Lu 2017, eq. 9–10
        return ((gateInput.call(input) + gateState.call(state)).sigmoid() * memory.tanh()).MoveToOuterDisposeScope();
    }
}
