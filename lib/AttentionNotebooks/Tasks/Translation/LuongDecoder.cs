namespace AttentionNotebooks;

/// <summary>
/// The decoder of Luong et al. (2015, §3) without input feeding: s = GRU(s′, y′), c = attend(s, h), s̃ = tanh(W [c; s]).
/// What was read does not enter the state, so all T steps attend in one call, and no step's choice matters to another (the setting of Deng et al. 2018).
/// </summary>
public sealed class LuongDecoder : Decoder
{
    private readonly GRU recur;
    private readonly Attention attention;
    private readonly Linear combine;

    /// <summary>Makes the layers.</summary>
    /// <param name="attention">What is read of a sentence: any score of H and H features, any distribution, any read.</param>
    /// <param name="wordFeatures">E, the features of a word.</param>
    /// <param name="hidden">H, the features of the state, of the query, and of what is read.</param>
    public LuongDecoder(Attention attention, long wordFeatures, long hidden) : base(nameof(LuongDecoder))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        recur = torch.nn.GRU(wordFeatures, hidden, batchFirst: true);
        combine = torch.nn.Linear(2 * hidden, wordFeatures);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Attention Attention => attention;

    /// <inheritdoc/>
    public override Func<Generator?, Written> Prepare(Annotations annotations, Tensor inputs, Locations? posterior = null)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        using var scope = torch.NewDisposeScope();
        var states = recur.call(inputs, annotations.Start.unsqueeze(0)).Item1.MoveToOuterDisposeScope();
        return generator => Attend(annotations, states, generator, posterior);
    }

    /// <inheritdoc/>
    public override (Written Written, Tensor State) Next(Annotations annotations, Tensor input, Tensor state, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(state);
        using var scope = torch.NewDisposeScope();
        var states = recur.call(input.unsqueeze(1), state.unsqueeze(0)).Item1;
        return (Attend(annotations, states, generator).MoveToOuterDisposeScope(), states.squeeze(1).MoveToOuterDisposeScope());
    }

    private Written Attend(Annotations annotations, Tensor states, Generator? generator, Locations? posterior = null)
    {
        using var scope = torch.NewDisposeScope();
        var attended = attention.forward(states, annotations.Keys, annotations.States, annotations.Mask, generator, posterior: posterior);
        // s̃ = tanh(W [c; s])   Luong 2015, eq. 5
        var readout = combine.call(torch.cat([attended.Context, states], -1)).tanh();
        return new Written(readout, states.alias(), [attended]) { StepsAreIndependent = true }.MoveToOuterDisposeScope();
    }
}
