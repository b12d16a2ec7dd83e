namespace AttentionNotebooks;

/// <summary>
/// Attention that may decide not to look: a sentinel is one location more, and any score, distribution and read sees it like the others.
/// Read softly, c = β s + (1 − β) Σₙ αₙ vₙ (Lu et al. 2017, eq. 11–12); read hard, it looks at one location or at none.
/// </summary>
/// <remarks>Every step has a sentinel of its own: they stand behind the N locations, and the mask shows each step only its own.</remarks>
public sealed class SentinelAttention : torch.nn.Module
{
    private readonly Attention attention;
    private readonly Linear key;

    /// <summary>Adds a sentinel to an attention.</summary>
    /// <param name="attention">Any score, distribution and read.</param>
    /// <param name="features">D, the features of a sentinel, which are those of a value.</param>
    /// <param name="keyFeatures">Dk, the features of a key: the sentinel's key is a linear map of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public SentinelAttention(Attention attention, long features, long keyFeatures) : base(nameof(SentinelAttention))
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keyFeatures, 1);
        this.attention = attention;
        key = torch.nn.Linear(features, keyFeatures, hasBias: false);
        RegisterComponents();
    }

    /// <summary>Attends to the locations and to the sentinel.</summary>
    /// <param name="query">q [B, T, Dq].</param>
    /// <param name="keys">k [B, N, Dk].</param>
    /// <param name="values">v [B, N, D]; a tensor, or computed when it is read. A row that reads its sentinel alone still asks for a location where another row needs one.</param>
    /// <param name="sentinel">s [B, T, D], one for each step.</param>
    /// <param name="mask">Boolean [B, N] or [B, T, N], true where a location may be attended to; null allows all. The sentinel is always allowed, so that a row without any location reads it.</param>
    /// <param name="generator">Where randomness comes from; only a random read needs it.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public SentinelResult forward(Tensor query, Tensor keys, Values values, Tensor sentinel, Tensor? mask = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shape.Require(query, nameof(query), "B", "T", "Dq");
        var (b, t) = (query.shape[0], query.shape[1]);
        Shape.Require(keys, nameof(keys), b, "N", key.out_features);
        Shape.Require(sentinel, nameof(sentinel), b, t, key.in_features);
        using var scope = torch.NewDisposeScope();
        var n = keys.shape[1];
        values.RequireFit(query.new_empty(b, 0, n));
        var own = torch.eye(t, dtype: torch.@bool, device: query.device).unsqueeze(0).expand(b, t, t);
        var extended = torch.cat([StepMask.Of(mask, b, t, n, query.device), own], -1);
        var attended = attention.forward(query, torch.cat([keys, key.call(sentinel)], 1), Append(values, n, sentinel), mask: extended, generator: generator);

        Tensor Own(Tensor all) => all.shape[^1] == n + t ? torch.cat([all.narrow(-1, 0, n), all.narrow(-1, n, t).diagonal(0, 1, 2).unsqueeze(-1)], -1) : all.alias();
        var result = new AttentionResult(attended.Context, attended.Locations.Map(Own))
        {
            Choice = attended.Choice?.clamp_max(n),
            Shares = attended.Shares is null ? null : Own(attended.Shares),
            LogProbability = attended.LogProbability,
            Entropy = attended.Entropy,
        };
        // β_t = α_{N+1}   Lu 2017, eq. 12
        var beta = result.Weights.select(-1, n);
        return new SentinelResult(result.MoveToOuterDisposeScope(), beta.MoveToOuterDisposeScope());
    }

    private static Values Append(Values values, long n, Tensor sentinel) => Values.Lazy(
        () =>
        {
            using var scope = torch.NewDisposeScope();
            var all = values.All();
            Shape.Require(all, nameof(values), sentinel.shape[0], n, sentinel.shape[2]);
            return torch.cat([all, sentinel], 1).MoveToOuterDisposeScope();
        },
        locations =>
        {
            using var scope = torch.NewDisposeScope();
            var seen = values.At(locations.clamp_max(n - 1));
            Shape.Require(seen, nameof(values), sentinel.shape[0], locations.shape[1], sentinel.shape[2]);
            var known = Values.FromTensor(sentinel).At((locations - n).clamp_min(0));
            return torch.where((locations >= n).unsqueeze(-1), known, seen).MoveToOuterDisposeScope();
        });
}
