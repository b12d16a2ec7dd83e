namespace AttentionNotebooks;

/// <summary>A probe for estimators whose identity holds for choices made side by side: it may be asked once in a run.</summary>
/// <param name="owner">Keeps what the read saw.</param>
internal abstract class OneAct(DisposeScope owner) : Probe(owner)
{
    /// <summary>What was attended to; null before the run.</summary>
    public Locations? Locations { get; private set; }

    /// <summary>Whether there is a choice to train: not where draws are differentiable, nor where no gradient is wanted.</summary>
    public bool Trains => Locations is { Logits.Count: > 0 } && Locations.Logits.Any(logits => logits.requires_grad);

    public sealed override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(generator);
        if (Locations is not null)
            throw new InvalidOperationException("This estimator needs all choices of an example in one act of attention, T steps of one call: its identity does not hold where one choice follows on another. Use Reinforce.");
        // Draws that are differentiable need no estimator.
        if (locations.Logits.Count == 0) return new Sampled().Take(Locations = locations, values, generator);
        Locations = Keep(locations);
        using var scope = torch.NewDisposeScope();
        var chosen = new Chosen(Choose(Locations, generator)).Take(Locations, values, generator);
        return new AttentionResult(chosen.Context, locations) { Choice = chosen.Choice, LogProbability = chosen.LogProbability, Entropy = chosen.Entropy }.MoveReadToOuterDisposeScope();
    }

    /// <summary>Draws noise, keeps it, and chooses.</summary>
    /// <returns>z [B, T, K] int64.</returns>
    private protected abstract Tensor Choose(Locations locations, Generator generator);

    /// <summary>A scalar whose gradient with respect to the logits is what is given, and whose value is 0.</summary>
    /// <param name="gradients">One for each of the logits, of its shape; no gradient.</param>
    public Tensor Inject(IEnumerable<Tensor> gradients) =>
        Locations!.Logits.Zip(gradients, (logits, gradient) => (gradient * Change(logits)).sum()).Aggregate((sum, next) => sum + next);

    // 0, with the gradient of the logits; none where a logit is −∞.
    private static Tensor Change(Tensor logits)
    {
        var finite = logits.masked_fill(logits.isneginf(), 0);
        return finite - finite.detach();
    }
}
