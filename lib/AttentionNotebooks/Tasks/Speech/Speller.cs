namespace AttentionNotebooks;

/// <summary>
/// Spells what was heard, symbol by symbol (Chan et al. 2016, eq. 6–8): s = GRU(s′, [y′; c′]), c = attend(s, h), p(y) = softmax(W [s; c]),
/// where ′ marks the symbol before. Which attention it is, nothing else in here knows.
/// </summary>
public sealed class Speller : torch.nn.Module
{
    /// <summary>Dk, the features of a key.</summary>
    public const int KeyFeatures = 32;

    /// <summary>H, the features of the state, and of the query.</summary>
    public const int QueryFeatures = 96;

    private const int SymbolFeatures = 16;

    private readonly Embedding embed;
    private readonly GRUCell cell;
    private readonly Linear projectKey;
    private readonly Attention attention;
    private readonly Linear predict;
    private readonly long stateFeatures;

    /// <summary>Makes a speller, with weights drawn from the generator.</summary>
    /// <param name="attention">What is read of what was heard: any score of <see cref="QueryFeatures"/> and <see cref="KeyFeatures"/>, any distribution, any read.</param>
    /// <param name="stateFeatures">D, the features of a location.</param>
    /// <param name="symbols">How many symbols there are to spell, the end among them.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public Speller(Attention attention, long stateFeatures, long symbols, Generator generator) : base(nameof(Speller))
    {
        ArgumentNullException.ThrowIfNull(attention);
        (this.attention, this.stateFeatures, Symbols) = (attention, stateFeatures, symbols);
        // One more, which begins a spelling and is never spelt.
        embed = torch.nn.Embedding(symbols + 1, SymbolFeatures);
        cell = torch.nn.GRUCell(SymbolFeatures + stateFeatures, QueryFeatures);
        projectKey = torch.nn.Linear(stateFeatures, KeyFeatures);
        predict = torch.nn.Linear(QueryFeatures + stateFeatures, symbols);
        RegisterComponents();
        Initialization.DrawNarrow(this, generator);
    }

    /// <summary>Where and how it looks.</summary>
    public Attention Attention => attention;

    /// <summary>How many symbols there are to spell. The last is the end.</summary>
    public long Symbols { get; }

    /// <summary>The keys of what was heard, [B, N, <see cref="KeyFeatures"/>]. They are the same for all symbols.</summary>
    /// <param name="heard">What was heard.</param>
    public Tensor Keys(Heard heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        return projectKey.call(heard.States);
    }

    /// <summary>What the speller takes for a symbol that was spelt: [B] int64 to [B, E], or [B, S] to [B, S, E].</summary>
    /// <param name="symbols">The symbols.</param>
    public Tensor Embed(Tensor symbols) => embed.call(symbols);

    /// <summary>Where a spelling begins, and the symbol that begins it, [B] int64.</summary>
    /// <param name="heard">What was heard.</param>
    public (SpellerState State, Tensor Symbol) Begin(Heard heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        var count = heard.States.shape[0];
        return (new(heard.States.new_zeros(count, QueryFeatures), heard.States.new_zeros(count, stateFeatures), null), torch.full([count], Symbols, torch.int64, heard.States.device));
    }

    /// <summary>Goes on to the next symbol.</summary>
    /// <param name="heard">What was heard.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="state">Where the speller is.</param>
    /// <param name="embedded">The symbol before, embedded, [B, E].</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>Where it is then, and what the attention recorded, with T = 1.</returns>
    public (SpellerState State, AttentionResult Attended) Next(Heard heard, Tensor keys, SpellerState state, Tensor embedded, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(heard);
        ArgumentNullException.ThrowIfNull(state);
        using var scope = torch.NewDisposeScope();
        // s = GRU(s′, [y′; c′])   Chan 2016, eq. 6
        var hidden = cell.call(torch.cat([embedded, state.Context], -1), state.Hidden);
        // c = attend(s, h)   eq. 7
        var attended = attention.forward(hidden.unsqueeze(1), keys, heard.States, heard.Mask, generator, state.Past);
        var next = new SpellerState(hidden, attended.Context.squeeze(1), Past.After(attended, state.Past));
        return (next.MoveToOuterDisposeScope(), attended.MoveToOuterDisposeScope());
    }

    /// <summary>How likely each symbol is: p(y) = softmax(W [s; c]) (eq. 8), before the softmax.</summary>
    /// <param name="states">Where the speller is, at S steps.</param>
    /// <returns>[B, S, symbols].</returns>
    public Tensor Predict(params IReadOnlyList<SpellerState> states)
    {
        using var scope = torch.NewDisposeScope();
        Tensor Side(Func<SpellerState, Tensor> part) => torch.stack([.. states.Select(part)], 1);
        return predict.call(torch.cat([Side(state => state.Hidden), Side(state => state.Context)], -1)).MoveToOuterDisposeScope();
    }
}
