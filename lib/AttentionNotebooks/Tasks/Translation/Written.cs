namespace AttentionNotebooks;

/// <summary>What a decoder has to say at T steps, before it is put into words.</summary>
/// <param name="Readout">[B, T, E]: its product with the vector of each word says how well the word fits.</param>
/// <param name="Known">[B, T, H], what the decoder knew before it looked.</param>
/// <param name="Attended">What it attended to: T steps in one record, or a record for each.</param>
public sealed record Written(Tensor Readout, Tensor Known, IReadOnlyList<AttentionResult> Attended)
{
    /// <summary>Whether no step knows what another step read, so that each choice matters to its own loss alone.</summary>
    public bool StepsAreIndependent { get; init; }

    /// <summary>The losses with the choices that led to them, for an estimator.</summary>
    /// <param name="losses">ℓ [B, T], of each word; 0 after the end.</param>
    /// <param name="after">Boolean [B, T], true after the end: what is looked at there is nobody's choice.</param>
    /// <param name="words">[B, T, E], the vectors of the true words. They are known before the decoder looks, and what a word costs depends on it more than on anything else.</param>
    internal Outcome Judge(Tensor losses, Tensor after, Tensor words)
    {
        var outcome = new Outcome(losses, [.. Attended]);
        outcome = outcome with
        {
            LogProbability = outcome.LogProbability?.masked_fill(after, 0),
            Entropy = outcome.Entropy?.masked_fill(after, 0),
            Divergence = outcome.Divergence?.masked_fill(after, 0),
        };
        return StepsAreIndependent
            ? outcome with { Features = torch.cat([Known, words], -1).detach() }
            : outcome with { Losses = losses.sum([1]), Features = torch.cat([Known.select(1, 0), words.mean([1])], -1).detach() };
    }

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public Written MoveToOuterDisposeScope()
    {
        Readout.MoveToOuterDisposeScope();
        Known.MoveToOuterDisposeScope();
        foreach (var attended in Attended) attended.MoveToOuterDisposeScope();
        return this;
    }
}
