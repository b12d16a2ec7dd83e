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
    private readonly Sigmoid distribution = new();

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
        // One step over all tokens, each a gate of its own.
        var gates = distribution.call(Logits(tokens, mask).unsqueeze(1), mask);
        var choice = (generator is null ? gates.Mode() : gates.Sample(generator)).Choice;
        return new TokenSelection(gates.Hot(choice).squeeze(1).to(torch.@bool).MoveToOuterDisposeScope())
        {
            LogProbability = generator is null ? null : gates.LogProbability(choice)!.MoveToOuterDisposeScope(),
            Entropy = generator is null ? null : gates.Entropy()!.MoveToOuterDisposeScope(),
        };
    }

    /// <summary>Moves the probability of all tokens to σ of a logit plus what the weights add.</summary>
    internal void Select(double logit)
    {
        using var _ = torch.no_grad();
        output.bias!.fill_(logit);
    }

    private Tensor Logits(Tensor tokens, Tensor? mask)
    {
        var real = StepMask.Of(mask?.unsqueeze(1), tokens.shape[0], 1, tokens.shape[1], tokens.device).transpose(1, 2);
        var mean = ((tokens * real).sum(1, keepdim: true) / real.sum(1, keepdim: true).clamp_min(1)).expand(tokens.shape);
        // p(z | x) = Πᵢ p(zᵢ | x),  from [x; mean(x); x ⊙ mean(x)]   Shen 2018, eq. 8–10
        return output.call(torch.nn.functional.elu(hidden.call(torch.cat([tokens, mean, tokens * mean], -1)), 1)).squeeze(-1);
    }
}
