namespace AttentionNotebooks;

/// <summary>
/// Reinforced sequence sampling, RSS (Shen et al. 2018, eq. 8–10): decides for all tokens at once which to keep, zᵢ ~ Bernoulli(pᵢ),
/// with pᵢ from the token, the mean of all tokens, and the product of the two.
/// </summary>
public sealed class ReinforcedSequenceSampler : torch.nn.Module<Tensor, Tensor?, Generator?, TokenSelection>
{
    private readonly long features;
    private readonly Linear hidden;
    private readonly Linear output;

    /// <summary>Makes the two layers.</summary>
    /// <param name="features">D, the features of a token.</param>
    /// <param name="hiddenFeatures">The width of the hidden layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public ReinforcedSequenceSampler(long features, long hiddenFeatures) : base(nameof(ReinforcedSequenceSampler))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenFeatures, 1);
        this.features = features;
        hidden = torch.nn.Linear(3 * features, hiddenFeatures);
        output = torch.nn.Linear(hiddenFeatures, 1);
        RegisterComponents();
    }

    /// <summary>Selects tokens.</summary>
    /// <param name="tokens">x [B, N, D].</param>
    /// <param name="mask">Boolean [B, N], true for tokens, false for padding, which is never selected; null for no padding.</param>
    /// <param name="generator">Where randomness comes from; null selects what is more likely kept than not, to evaluate.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public override TokenSelection forward(Tensor tokens, Tensor? mask, Generator? generator)
    {
        Shape.Require(tokens, nameof(tokens), "B", "N", features);
        using var scope = torch.NewDisposeScope();
        var padding = StepMask.Of(mask?.unsqueeze(1), tokens.shape[0], 1, tokens.shape[1], tokens.device).squeeze(1).logical_not();
        var logits = Logits(tokens, padding);
        var selected = Select(logits, generator).logical_and(padding.logical_not());
        if (generator is null) return new TokenSelection(selected.MoveToOuterDisposeScope());

        var (kept, dropped) = (torch.nn.functional.logsigmoid(logits), torch.nn.functional.logsigmoid(logits.neg()));
        var logProbability = torch.where(selected, kept, dropped).masked_fill(padding, 0);
        var entropy = (logits.sigmoid() * kept + logits.neg().sigmoid() * dropped).neg().masked_fill(padding, 0);
        return new TokenSelection(selected.MoveToOuterDisposeScope())
        {
            LogProbability = logProbability.MoveToOuterDisposeScope(),
            Entropy = entropy.MoveToOuterDisposeScope(),
        };
    }

    private Tensor Logits(Tensor tokens, Tensor padding)
    {
        var count = padding.logical_not().sum(-1, keepdim: true).clamp_min(1).unsqueeze(-1);
        var mean = (tokens.masked_fill(padding.unsqueeze(-1), 0).sum(1, keepdim: true) / count).expand(tokens.shape);
        // p(z | x) = Πᵢ p(zᵢ | x),  from [x; mean(x); x ⊙ mean(x)]   Shen 2018, eq. 8–10
        return output.call(torch.nn.functional.elu(hidden.call(torch.cat([tokens, mean, tokens * mean], -1)), 1)).squeeze(-1);
    }

    private static Tensor Select(Tensor logits, Generator? generator)
    {
        using var _ = torch.no_grad();
        if (generator is null) return logits > 0;
        return torch.rand(logits.shape, torch.float64, logits.device, generator: generator) < logits.to(torch.float64).sigmoid();
    }
}
