namespace AttentionNotebooks;

/// <summary>Relates the tokens of a sequence to each other, and answers from what the question has become: all pairs (soft self-attention), or those of selected tokens (<see cref="ReinforcedSelfAttention"/>).</summary>
public sealed class TokenReader : torch.nn.Module<TokenBatch, Generator?, TokenReading>
{
    private const int SamplerFeatures = 16;

    /// <summary>Nearly all tokens are selected at first, σ(3) = 95 %: what is worth selecting shows when it has been related.</summary>
    internal const double NearlyAll = 3;

    private readonly Attention attention;
    private readonly ReinforcedSelfAttention? selecting;
    private readonly Linear? fuse;
    private readonly Linear answer;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="selects">Whether tokens are selected before they are related: the logit of about every token at first. Null relates all.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public TokenReader(double? selects, Generator generator) : base(nameof(TokenReader))
    {
        attention = new Attention(new GeneralScore(TokenBatch.Features, TokenBatch.Features), new Softmax(), new Expected());
        if (selects is not null) selecting = new ReinforcedSelfAttention(attention, TokenBatch.Features, SamplerFeatures);
        else fuse = torch.nn.Linear(2 * TokenBatch.Features, TokenBatch.Features);
        answer = torch.nn.Linear(TokenBatch.Features, TokenBatch.Symbols);
        if (selecting is not null) register_module(nameof(selecting), selecting);
        else register_module(nameof(attention), attention);
        if (fuse is not null) register_module(nameof(fuse), fuse);
        register_module(nameof(answer), answer);
        Initialization.DrawNarrow(this, generator);
        selecting?.Select(selects!.Value);
    }

    /// <summary>Reads.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="generator">Where the selection draws from; null selects what is more likely kept than not.</param>
    public override TokenReading forward(TokenBatch batch, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var (attended, heads, dependents) = selecting is null ? All(batch.Tokens) : selecting.forward(batch.Tokens, generator: generator);
        var index = batch.Question.reshape(-1, 1, 1).expand(-1, 1, TokenBatch.Features);
        var logits = answer.call(attended.Context.gather(1, index).squeeze(1));
        return new TokenReading(logits.MoveToOuterDisposeScope(), attended.MoveToOuterDisposeScope(), heads.MoveToOuterDisposeScope(), dependents.MoveToOuterDisposeScope());
    }

    // The same with every token a head and a dependent.
    private ReinforcedSelfAttentionResult All(Tensor tokens)
    {
        var (b, n) = (tokens.shape[0], tokens.shape[1]);
        var everyone = torch.ones([b, n], torch.@bool, tokens.device);
        var others = torch.eye(n, device: tokens.device).to(torch.@bool).logical_not().expand(b, n, n);
        var related = attention.forward(tokens, tokens, tokens, mask: others);
        var gate = fuse!.call(torch.cat([tokens, related.Context], -1)).sigmoid();
        var fused = gate * tokens + (1 - gate) * related.Context;
        return new ReinforcedSelfAttentionResult(new AttentionResult(fused, related.Locations), everyone, everyone.alias());
    }
}
