namespace AttentionNotebooks;

/// <summary>What attention remembers of the steps before, where one step follows on another: location-aware scores and monotonic distributions look at it.</summary>
/// <param name="Attended">What the last step attended to, [B, K, N] for K heads: its weights, or 1 at what it chose.</param>
/// <param name="Anchor">Where a monotonic distribution goes on from, [B, K, N]: what was attended to, if the distribution says nothing else.</param>
/// <param name="Coverage">All that was attended to so far, Σ [B, K, N] over the steps (See et al. 2017, eq. 10).</param>
/// <param name="Steps">How many steps there were.</param>
public sealed record Past(Tensor Attended, Tensor Anchor, Tensor Coverage, long Steps)
{
    /// <summary>The past of the next step.</summary>
    /// <param name="last">What the attention recorded last.</param>
    /// <param name="before">The past it had then; null where it was the first.</param>
    public static Past After(AttentionResult last, Past? before = null)
    {
        ArgumentNullException.ThrowIfNull(last);
        using var scope = torch.NewDisposeScope();
        var (locations, heads) = (last.Locations, last.Heads);
        var attended = ByHead(last.Shares ?? (last.Choice is null ? locations.Weights : locations.Hot(last.Choice)), heads);
        var final = Last(attended);
        var anchor = locations.Anchor is null ? final.alias() : Last(ByHead(locations.Anchor, heads));
        var coverage = attended.sum(2);
        if (before is not null) coverage = coverage + before.Coverage;
        return new Past(final.MoveToOuterDisposeScope(), anchor.MoveToOuterDisposeScope(), coverage.MoveToOuterDisposeScope(), (before?.Steps ?? 0) + attended.shape[2]);
    }

    /// <summary>The past of each head on its own, as if heads were examples.</summary>
    internal Past OneHeadEach() => this with { Attended = Fold(Attended), Anchor = Fold(Anchor), Coverage = Fold(Coverage) };

    private static Tensor Fold(Tensor past) => past.reshape(-1, 1, past.shape[2]);

    private static Tensor ByHead(Tensor steps, long heads) => steps.reshape(steps.shape[0], heads, steps.shape[1] / heads, steps.shape[2]);

    private static Tensor Last(Tensor steps) => steps.select(2, steps.shape[2] - 1);
}
