namespace AttentionNotebooks;

/// <summary>What a captioner makes of pictures and the captions it is given.</summary>
/// <param name="Logits">[B, T, V] of each word, before the softmax.</param>
/// <param name="Looks">What the attention recorded for each word, T records of one step.</param>
/// <param name="Overview">[B, D], the mean annotation, what was known before the first look; no gradient.</param>
public sealed record Captioning(Tensor Logits, IReadOnlyList<AttentionResult> Looks, Tensor Overview)
{
    /// <summary>The weights of each word's look, α [B, T, N].</summary>
    public Tensor Weights() => torch.cat([.. Looks.Select(look => look.Weights)], 1);

    /// <summary>What each word looked at, [B, T, N]: the weights, or 1 at the place that was chosen.</summary>
    public Tensor LookedAt()
    {
        using var scope = torch.NewDisposeScope();
        return torch.cat([.. Looks.Select(LookedAt)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each caption, −Σₜ log p(y_t), in nats; what follows the end does not count.</summary>
    /// <param name="captions">[B, T] int64, what should have been said.</param>
    /// <returns>[B].</returns>
    public Tensor Losses(Tensor captions)
    {
        ArgumentNullException.ThrowIfNull(captions);
        Shape.Require(captions, nameof(captions), Logits.shape[0], Logits.shape[1]);
        using var scope = torch.NewDisposeScope();
        var words = torch.nn.functional.cross_entropy(Logits.flatten(0, 1), captions.flatten(), reduction: torch.nn.Reduction.None, ignore_index: Vocabulary.Padding);
        return words.reshape(captions.shape).sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>What an estimator needs: each caption's loss with the penalty, and the looks on the way to it; what follows the end does not count.</summary>
    /// <param name="captions">[B, T] int64, what should have been said.</param>
    /// <param name="penalty">What is added to a caption's loss for where it looked.</param>
    public Outcome Outcome(Tensor captions, AttentionPenalty penalty)
    {
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentNullException.ThrowIfNull(penalty);
        var said = captions.ne(Vocabulary.Padding).to(Logits.dtype);
        // L = −log p(y | x) + λ Σₙ (1 − Σₜ α_tn)²   Xu 2015, eq. 14
        var losses = Losses(captions) + penalty.Of(Weights() * said.unsqueeze(-1));
        var outcome = new Outcome(losses, [.. Looks]);
        return outcome with { LogProbability = Said(outcome.LogProbability), Entropy = Said(outcome.Entropy), Features = Overview };

        Tensor? Said(Tensor? each) => each is null ? null : each * said;
    }

    internal static Tensor LookedAt(AttentionResult look) => look.Choice is null ? look.Weights.alias() : look.Locations.Hot(look.Choice);
}
