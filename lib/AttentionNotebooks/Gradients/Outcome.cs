namespace AttentionNotebooks;

/// <summary>What one run of a model gave: each example's loss, and the choices on the way to it.</summary>
/// <param name="Losses">ℓ [B], the loss of each example; it may depend on parameters. Where each of T steps has a loss that depends on its own choice alone, [B, T].</param>
public sealed record Outcome(Tensor Losses)
{
    /// <summary>Gathers what one act of attention recorded, or several, one after the other.</summary>
    public Outcome(Tensor losses, params ReadOnlySpan<AttentionResult> attended) : this(losses)
    {
        LogProbability = Join(attended, result => result.LogProbability);
        Entropy = Join(attended, result => result.Entropy);
        Divergence = Join(attended, KullbackLeibler);
    }

    /// <summary>log p(z) [B, T], in nats, of what was drawn; null where nothing was left to chance.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of what was drawn from, [B, T], in nats; null where nothing was left to chance.</summary>
    public Tensor? Entropy { get; init; }

    /// <summary>KL(q‖p) [B, T], in nats, where q was read from instead of p; else null.</summary>
    public Tensor? Divergence { get; init; }

    /// <summary>What a learned baseline may look at: anything known before the choice was made. [B, F]; with losses [B, T], [B, T, F].</summary>
    public Tensor? Features { get; init; }

    /// <summary>What the choice is to make small, where that is not the loss itself (an error of 0 or 1, a negative reward). [B] or [B, T], as the losses.</summary>
    public Tensor? Costs { get; init; }

    /// <summary>How many steps have a loss of their own: T for losses [B, T], else 1.</summary>
    internal long Steps => Losses.dim() == 2 ? Losses.shape[1] : 1;

    /// <summary>Every step as an example of its own, where its loss depends on its own choice alone: no choice is judged by another's luck.</summary>
    /// <returns>Losses [B·T] and one choice each; the same outcome where losses are [B].</returns>
    internal Outcome StepByStep()
    {
        if (Losses.dim() != 2) return this;
        var (b, t) = (Losses.shape[0], Losses.shape[1]);
        Tensor? Fold(Tensor? each, string name)
        {
            if (each is not null) Shape.Require(each, name, b, t);
            return each?.reshape(b * t, 1);
        }

        if (Features is not null) Shape.Require(Features, nameof(Features), b, t, "F");
        return new Outcome(Losses.flatten())
        {
            LogProbability = Fold(LogProbability, nameof(LogProbability)),
            Entropy = Fold(Entropy, nameof(Entropy)),
            Divergence = Fold(Divergence, nameof(Divergence)),
            Features = Features?.flatten(0, 1),
            Costs = Fold(Costs, nameof(Costs))?.flatten(),
        };
    }

    /// <summary>What the choices are judged by, [B], of the losses' dtype; no gradient.</summary>
    internal Tensor Judged()
    {
        Shape.Require(Losses, nameof(Losses), "B");
        if (Costs is null) return Losses.detach();
        Shape.Require(Costs, nameof(Costs), Losses.shape[0]);
        return Costs.detach().to(Losses.dtype);
    }

    /// <summary>log p of all choices of an example together, [B]; null where nothing was left to chance.</summary>
    internal Tensor? JointLogProbability()
    {
        if (LogProbability is null) return null;
        Shape.Require(LogProbability, nameof(LogProbability), Losses.shape[0], "T");
        return LogProbability.sum(-1);
    }

    private static Tensor? Join(ReadOnlySpan<AttentionResult> attended, Func<AttentionResult, Tensor?> part)
    {
        var steps = new List<Tensor>();
        foreach (var result in attended)
        {
            if (part(result) is Tensor step) steps.Add(step);
        }

        return steps.Count switch { 0 => null, 1 => steps[0], _ => torch.cat(steps, -1) };
    }

    // KL(q‖p) = Σ q (log q − log p)
    private static Tensor? KullbackLeibler(AttentionResult result)
    {
        if (result.Prior is null) return null;
        using var scope = torch.NewDisposeScope();
        return result.Locations.Divergence(result.Prior).MoveToOuterDisposeScope();
    }
}
