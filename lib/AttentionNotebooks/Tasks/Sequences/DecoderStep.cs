namespace AttentionNotebooks;

/// <summary>What a decoder says after one more token. R rows, each a sequence of its own.</summary>
/// <param name="LogProbabilities">log p [R, V] of the next token, in nats; −∞ for one that cannot follow.</param>
/// <param name="State">What the next step goes on from: tensors [R, …], as many as it was given.</param>
public sealed record DecoderStep(Tensor LogProbabilities, IReadOnlyList<Tensor> State)
{
    /// <summary>α [R, N], where the decoder looked for this token, to be kept with it; null where nobody asks.</summary>
    public Tensor? Attended { get; init; }

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The step itself.</returns>
    public DecoderStep MoveToOuterDisposeScope()
    {
        LogProbabilities.MoveToOuterDisposeScope();
        foreach (var part in State) part.MoveToOuterDisposeScope();
        Attended?.MoveToOuterDisposeScope();
        return this;
    }
}
