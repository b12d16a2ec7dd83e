namespace AttentionNotebooks;

/// <summary>
/// Reinforced self-attention, ReSA (Shen et al. 2018, eq. 11–13): two samplers choose hard which tokens look (heads) and which are looked at (dependents);
/// soft attention relates the chosen, fᵢⱼ = zᵢ^head zⱼ^dep, and a gate lets each token keep as much of itself as it needs.
/// </summary>
/// <remarks>
/// Attention is computed among the selected tokens only. A token that is no head gets the mean of the others for its context, as in the authors' program.
/// The paper's score has one number for each feature, and a direction; here any <see cref="Attention"/> will do.
/// </remarks>
public sealed class ReinforcedSelfAttention : torch.nn.Module
{
    private readonly Attention attention;
    private readonly ReinforcedSequenceSampler sampleHeads;
    private readonly ReinforcedSequenceSampler sampleDependents;
    private readonly Linear fuse;

    /// <summary>Makes the samplers and the gate.</summary>
    /// <param name="attention">Relates the tokens: its score takes queries and keys of D features.</param>
    /// <param name="features">D, the features of a token.</param>
    /// <param name="hiddenFeatures">The width of the samplers' hidden layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public ReinforcedSelfAttention(Attention attention, long features, long hiddenFeatures) : base(nameof(ReinforcedSelfAttention))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        sampleHeads = new ReinforcedSequenceSampler(features, hiddenFeatures);
        sampleDependents = new ReinforcedSequenceSampler(features, hiddenFeatures);
        fuse = torch.nn.Linear(2 * features, features);
        RegisterComponents();
    }

    /// <summary>Relates tokens to each other.</summary>
    /// <param name="tokens">x [B, N, D], N ≥ 1.</param>
    /// <param name="mask">Boolean [B, N], true for tokens, false for padding; null for no padding.</param>
    /// <param name="generator">Where randomness comes from; null selects what is more likely kept than not, to evaluate.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public ReinforcedSelfAttentionResult forward(Tensor tokens, Tensor? mask = null, Generator? generator = null)
    {
        Shape.Require(tokens, nameof(tokens), "B", "N", fuse.out_features);
        using var scope = torch.NewDisposeScope();
        var (heads, dependents) = (sampleHeads.call(tokens, mask, generator), sampleDependents.call(tokens, mask, generator));
        var (from, to) = (PackedTokens.Of(heads.Selected), PackedTokens.Of(dependents.Selected));
        var related = Relate(tokens, from, to, generator);

        var n = tokens.shape[1];
        var context = torch.where(heads.Selected.unsqueeze(-1), from.Spread(related.Context, n), MeanOfOthers(tokens, mask));
        var weights = from.Spread(to.Spread(related.Weights.transpose(1, 2), n).transpose(1, 2), n);
        var attended = new AttentionResult(Fuse(tokens, context, mask).MoveToOuterDisposeScope(), (Categorical)Categorical.Of(weights).MoveToOuterDisposeScope())
        {
            LogProbability = Join(heads.LogProbability, dependents.LogProbability, related.LogProbability)?.MoveToOuterDisposeScope(),
            Entropy = Join(heads.Entropy, dependents.Entropy, related.Entropy)?.MoveToOuterDisposeScope(),
        };
        return new ReinforcedSelfAttentionResult(attended, heads.Selected.MoveToOuterDisposeScope(), dependents.Selected.MoveToOuterDisposeScope());
    }

    /// <summary>Sets with what probability tokens are selected before anything is learned: σ of a logit, plus what the samplers' weights add.</summary>
    /// <param name="logit">The logit: a large one selects nearly all.</param>
    public void Select(double logit)
    {
        sampleHeads.Select(logit);
        sampleDependents.Select(logit);
    }

    private AttentionResult Relate(Tensor tokens, PackedTokens from, PackedTokens to, Generator? generator)
    {
        // fᵢⱼ = zᵢ^head zⱼ^dep, i ≠ j: a head looks at every dependent but itself   Shen 2018, eq. 12
        var pairs = from.Valid.unsqueeze(2).logical_and(to.Valid.unsqueeze(1)).logical_and(from.Index.unsqueeze(2) != to.Index.unsqueeze(1));
        var lookedAt = to.Gather(tokens);
        return attention.forward(from.Gather(tokens), lookedAt, lookedAt, mask: pairs, generator: generator);
    }

    private Tensor Fuse(Tensor tokens, Tensor context, Tensor? mask)
    {
        // F = σ(W [x; s] + b),  u = F ⊙ x + (1 − F) ⊙ s   Shen 2018, eq. 13
        var gate = fuse.call(torch.cat([tokens, context], -1)).sigmoid();
        var fused = gate * tokens + (1 - gate) * context;
        return mask is null ? fused : fused.masked_fill(mask.logical_not().unsqueeze(-1), 0);
    }

    private static Tensor MeanOfOthers(Tensor tokens, Tensor? mask)
    {
        var real = mask is null ? tokens : tokens.masked_fill(mask.logical_not().unsqueeze(-1), 0);
        var count = mask is null ? torch.full(tokens.shape[0], 1, tokens.shape[1], torch.int64, tokens.device) : mask.sum(-1, keepdim: true);
        return (real.sum(1, keepdim: true) - real) / (count - 1).clamp_min(1).unsqueeze(-1);
    }

    // Independent gates, then perhaps a hard read: one step after the other.
    private static Tensor? Join(Tensor? heads, Tensor? dependents, Tensor? related) =>
        heads is null || dependents is null ? null : torch.cat(related is null ? [heads, dependents] : [heads, dependents, related], -1);
}
