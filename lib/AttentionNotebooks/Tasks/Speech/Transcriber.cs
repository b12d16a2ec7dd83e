namespace AttentionNotebooks;

/// <summary>Listens and spells: from log-mel frames to a string of symbols, one act of attention for each (Chan et al. 2016).</summary>
public sealed class Transcriber : torch.nn.Module
{
    private readonly Listener listener;
    private readonly Speller speller;

    /// <summary>Puts the two together.</summary>
    public Transcriber(Listener listener, Speller speller) : base(nameof(Transcriber))
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(speller);
        (this.listener, this.speller) = (listener, speller);
        RegisterComponents();
    }

    /// <summary>What it hears with.</summary>
    public Listener Listener => listener;

    /// <summary>Where and how it looks.</summary>
    public Attention Attention => speller.Attention;

    /// <summary>Listens; a batch is heard once, however often it is spelt.</summary>
    /// <param name="batch">The features of signals.</param>
    public Heard Hear(SpeechBatch batch) => listener.call(batch);

    /// <summary>Spells with the true symbols before each (teacher forcing).</summary>
    /// <param name="heard">What was heard.</param>
    /// <param name="targets">The true symbols, [B, S] int64.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>The logits [B, S, symbols], and what each of the S steps attended to.</returns>
    public (Tensor Logits, AttentionResult[] Attended) Spell(Heard heard, Tensor targets, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(heard);
        Shape.Require(targets, nameof(targets), heard.States.shape[0], "S");
        using var scope = torch.NewDisposeScope();
        var keys = speller.Keys(heard);
        var (state, first) = speller.Begin(heard);
        // Before each symbol, the one before it.
        var embedded = speller.Embed(torch.cat([first.unsqueeze(1), targets.narrow(1, 0, targets.shape[1] - 1)], 1)).unbind(1);
        var (states, attended) = (new SpellerState[embedded.Length], new AttentionResult[embedded.Length]);
        for (var step = 0; step < embedded.Length; step++)
        {
            (states[step], attended[step]) = speller.Next(heard, keys, state, embedded[step], generator);
            state = states[step];
        }

        foreach (var step in attended) step.MoveToOuterDisposeScope();
        return (speller.Predict(states).MoveToOuterDisposeScope(), attended);
    }

    /// <summary>Spells on its own, the likeliest symbol at each step, until all have ended or are as long as allowed. No gradient.</summary>
    /// <param name="heard">What was heard.</param>
    /// <param name="longest">S, the most symbols.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Transcript Transcribe(Heard heard, int longest, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(heard);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var keys = speller.Keys(heard);
        var (state, symbol) = speller.Begin(heard);
        var ended = torch.zeros_like(symbol).to(torch.@bool);
        var (symbols, attended) = (new List<Tensor>(), new List<Tensor>());
        while (symbols.Count < longest && !ended.all().ToBoolean())
        {
            (state, _) = speller.Next(heard, keys, state, speller.Embed(symbol), generator);
            symbol = speller.Predict(state).argmax(2).squeeze(1);
            symbols.Add(symbol);
            attended.Add(state.Past!.Attended.select(1, 0));
            ended = ended.logical_or(symbol.eq(speller.Symbols - 1));
        }

        return new Transcript(torch.stack(symbols, 1), torch.stack(attended, 1)).MoveToOuterDisposeScope();
    }
}
