namespace AttentionNotebooks;

/// <summary>What a captioner makes of pictures and the captions it is given.</summary>
/// <param name="Logits">[B, T, V] of each word, before the softmax.</param>
/// <param name="Looks">What the attention recorded for each word, T records of one step.</param>
/// <param name="Known">[B, T, Dq], the query of each look: what was known before it; no gradient.</param>
public sealed record Captioning(Tensor Logits, IReadOnlyList<AttentionResult> Looks, Tensor Known)
{
    /// <summary>The weights of each word's look, α [B, T, N].</summary>
    public Tensor Weights() => torch.cat([.. Looks.Select(look => look.Weights)], 1);

    /// <summary>What each word looked at, [B, T, N]: the weights of what was read, 1 at a place that was chosen.</summary>
    public Tensor LookedAt()
    {
        using var scope = torch.NewDisposeScope();
        return torch.cat([.. Looks.Select(LookedAt)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each word, −log p(y_t), in nats; 0 after the end.</summary>
    /// <param name="captions">[B, T] int64, what should have been said.</param>
    /// <returns>[B, T].</returns>
    public Tensor Losses(Tensor captions)
    {
        ArgumentNullException.ThrowIfNull(captions);
        Shape.Require(captions, nameof(captions), Logits.shape[0], Logits.shape[1]);
        using var scope = torch.NewDisposeScope();
        var words = torch.nn.functional.cross_entropy(Logits.flatten(0, 1), captions.flatten(), reduction: torch.nn.Reduction.None, ignore_index: Vocabulary.Padding);
        return words.reshape(captions.shape).MoveToOuterDisposeScope();
    }

    /// <summary>What an estimator needs: losses, the looks on the way to them, and what each look is judged by; what follows the end does not count.</summary>
    /// <remarks>
    /// A look matters to its own word and to all that follow, so it is judged by what these cost together, and not by the words before (reward to go, Sutton et al. 2000, theorem 1).
    /// That leaves the gradient as it is and takes most of its noise.
    /// </remarks>
    /// <param name="captions">[B, T] int64, what should have been said.</param>
    /// <param name="penalty">What is added to a caption's loss for where it looked.</param>
    public Outcome Outcome(Tensor captions, AttentionPenalty penalty)
    {
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentNullException.ThrowIfNull(penalty);
        var (words, said) = (Losses(captions), captions.ne(Vocabulary.Padding).to(Logits.dtype));
        var ofLooks = penalty.Of(Weights() * said.unsqueeze(-1)).unsqueeze(1);
        // L = −Σₜ log p(y_t) + λ Σₙ (1 − Σₜ α_tn)²   Xu 2015, eq. 14; the penalty in equal parts on every step
        var outcome = new Outcome(words + ofLooks / words.shape[1], [.. Looks]);
        return outcome with
        {
            LogProbability = Said(outcome.LogProbability),
            Entropy = Said(outcome.Entropy),
            Costs = words.flip(1).cumsum(1).flip(1) + ofLooks,
            Features = Known,
        };

        Tensor? Said(Tensor? each) => each is null ? null : each * said;
    }

    /// <summary>Hands every tensor of the record to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    internal Captioning MoveToOuterDisposeScope()
    {
        Logits.MoveToOuterDisposeScope();
        Known.MoveToOuterDisposeScope();
        foreach (var look in Looks) look.MoveToOuterDisposeScope();
        return this;
    }

    internal static Tensor LookedAt(AttentionResult look) => look.Shares?.alias() ?? (look.Choice is null ? look.Weights.alias() : look.Locations.Hot(look.Choice));
}
