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

    /// <summary>Where a spelling begins, and the symbol that begins it, [B] int64.</summary>
    /// <param name="heard">What was heard.</param>
    public (SpellerState State, Tensor Symbol) Begin(Heard heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        var count = heard.States.shape[0];
        return (new(heard.States.new_zeros(count, QueryFeatures), heard.States.new_zeros(count, stateFeatures), null), torch.full([count], Symbols, torch.int64, heard.States.device));
    }

    /// <summary>Spells one symbol.</summary>
    /// <param name="heard">What was heard.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="state">Where the speller is.</param>
    /// <param name="symbol">The symbol before, [B] int64.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Spelled Next(Heard heard, Tensor keys, SpellerState state, Tensor symbol, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(heard);
        ArgumentNullException.ThrowIfNull(state);
        using var scope = torch.NewDisposeScope();
        // s = GRU(s′, [y′; c′])   Chan 2016, eq. 6
        var hidden = cell.call(torch.cat([embed.call(symbol), state.Context], -1), state.Hidden);
        // c = attend(s, h)   eq. 7
        var attended = attention.forward(hidden.unsqueeze(1), keys, heard.States, heard.Mask, generator, state.Past).MoveToOuterDisposeScope();
        var context = attended.Context.squeeze(1);
        // p(y) = softmax(W [s; c])   eq. 8
        var logits = predict.call(torch.cat([hidden, context], -1));
        var past = Past.After(attended, state.Past);
        foreach (var tensor in (Tensor[])[past.Attended, past.Anchor, past.Coverage]) tensor.MoveToOuterDisposeScope();
        return new(logits.MoveToOuterDisposeScope(), attended, new(hidden.MoveToOuterDisposeScope(), context.MoveToOuterDisposeScope(), past));
    }
}
