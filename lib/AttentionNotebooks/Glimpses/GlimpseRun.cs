namespace AttentionNotebooks;

/// <summary>What a model made of a batch of images by looking at parts of them, one after the other.</summary>
/// <param name="Logits">[B, O, classes] for O objects, before the softmax.</param>
/// <param name="Locations">l [B, T, 2], where it looked; no gradient.</param>
/// <param name="States">h [B, T, H], what it knew after each glimpse.</param>
public sealed record GlimpseRun(Tensor Logits, Tensor Locations, Tensor States)
{
    /// <summary>log p(l) [B, T′], in nats, of the T′ locations that the policy drew; null where it drew none.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of what they were drawn from, [B, T′], in nats; null where it drew none.</summary>
    public Tensor? Entropy { get; init; }

    /// <summary>The outcome of the run, for an estimator.</summary>
    /// <param name="losses">ℓ [B].</param>
    /// <param name="costs">[B], what the policy is to make small, where that is not the loss: the paper's is an error, 0 or 1.</param>
    public Outcome Cost(Tensor losses, Tensor? costs = null) => new(losses)
    {
        LogProbability = LogProbability,
        Entropy = Entropy,
        // All that was known before the first location was drawn; what came later would depend on it.
        Features = Features,
        Costs = costs,
    };

    /// <summary>What was known before the first location was drawn, [B, F]; no gradient.</summary>
    public Tensor? Features { get; init; }

    /// <summary>Hands every tensor of the record to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public GlimpseRun MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor?[])[Logits, Locations, States, LogProbability, Entropy, Features]) tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
