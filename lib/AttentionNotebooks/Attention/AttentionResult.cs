namespace AttentionNotebooks;

/// <summary>What one act of attention gives: the same record, soft or hard.</summary>
public sealed record AttentionResult
{
    private readonly DeferredLocations? deferred;
    private Locations? locations;

    /// <summary>Records what was read, and the distribution it was read from.</summary>
    public AttentionResult(Tensor context, Locations locations) => (Context, this.locations) = (context, locations);

    internal AttentionResult(Tensor context, DeferredLocations deferred) => (Context, this.deferred) = (context, deferred);

    /// <summary>c [B, T, D], what was read.</summary>
    public Tensor Context { get; init; }

    /// <summary>The distribution it was read from. Where a fused kernel read it, it is computed when it is first asked for.</summary>
    public Locations Locations => locations is null || locations.Weights.IsInvalid ? locations = deferred!.Compute() : locations;

    /// <summary>α [B, T, N], in 0..1; with K heads [B, K·T, N], head by head.</summary>
    public Tensor Weights => Locations.Weights;

    /// <summary>The locations that were read, z [B, T, K] int64, or <see cref="Locations.Nothing"/>; null where all were.</summary>
    public Tensor? Choice { get; init; }

    /// <summary>What the context is made of, w [B, T, N] with c = Σₙ wₙ vₙ; null where these are the weights, or 1 at the choice.</summary>
    public Tensor? Shares { get; init; }

    /// <summary>log p(z) [B, T], in nats, of what was drawn; null where nothing was left to chance.</summary>
    public Tensor? LogProbability { get; init; }

    /// <summary>The entropy of the weights [B, T], in nats; null where nothing was left to chance.</summary>
    public Tensor? Entropy { get; init; }

    /// <summary>What the scores alone say, where another distribution was read from (<see cref="Variational"/>); else null.</summary>
    public Locations? Prior { get; init; }

    /// <summary>K, how many heads attended; they count as K·T steps.</summary>
    public long Heads { get; init; } = 1;

    /// <summary>The record of all heads together, from one in which each counts as an example of its own.</summary>
    internal AttentionResult Merge(Tensor context, long heads)
    {
        Tensor? Join(Tensor? each) => each?.reshape([each.shape[0] / heads, heads * each.shape[1], .. each.shape[2..]]);
        var merged = deferred is null ? new AttentionResult(context, Locations.Map(part => Join(part)!)) : new AttentionResult(context, deferred.Then(part => Join(part)!));
        return merged with
        {
            Choice = Join(Choice),
            Shares = Join(Shares),
            LogProbability = Join(LogProbability),
            Entropy = Join(Entropy),
            Heads = heads,
        };
    }

    /// <summary>Hands every tensor of the record to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public AttentionResult MoveToOuterDisposeScope()
    {
        MoveReadToOuterDisposeScope();
        locations?.MoveToOuterDisposeScope();
        deferred?.MoveToOuterDisposeScope();
        Prior?.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Hands over what a read made; the locations it read from are not its own.</summary>
    internal AttentionResult MoveReadToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor?[])[Context, Choice, Shares, LogProbability, Entropy]) tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
