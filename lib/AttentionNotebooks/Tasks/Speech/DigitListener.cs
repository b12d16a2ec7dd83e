namespace AttentionNotebooks;

/// <summary>
/// Says which digit was said: a listener that knows only the surroundings of each location, one act of attention over the locations, and a linear classifier of what was read.
/// </summary>
public sealed class DigitListener : torch.nn.Module
{
    /// <summary>Dq, the features of the query.</summary>
    public const int QueryFeatures = 16;

    /// <summary>Dk, the features of a key.</summary>
    public const int KeyFeatures = 32;

    private readonly Listener listener;
    private readonly Parameter query;
    private readonly Linear projectKey;
    private readonly Attention attention;
    private readonly Linear classify;

    /// <summary>Makes a listener, with weights drawn from the generator.</summary>
    /// <param name="attention">Which locations are read, and how: any score of <see cref="QueryFeatures"/> and <see cref="KeyFeatures"/>, any distribution, any read.</param>
    /// <param name="bands">M, how many bands a frame has.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public DigitListener(Attention attention, long bands, Generator generator) : base(nameof(DigitListener))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        query = torch.nn.Parameter(torch.zeros(1, 1, QueryFeatures));
        // A location hears 0.1 s, a sound or two of a digit, every 40 ms: some moments tell more than others.
        listener = new Listener(bands, [new(48, 5, 2), new(64, 3, 2)], recurrent: 0, generator);
        projectKey = torch.nn.Linear(listener.StateFeatures, KeyFeatures);
        classify = torch.nn.Linear(listener.StateFeatures, 10);
        RegisterComponents();
        foreach (var part in (torch.nn.Module[])[projectKey, attention, classify]) Initialization.DrawNarrow(part, generator);
    }

    /// <summary>Where and how it looks.</summary>
    public Attention Attention => attention;

    /// <summary>D, the features of a location.</summary>
    public long StateFeatures => listener.StateFeatures;

    /// <summary>Listens; a batch is heard once, however often it is classified.</summary>
    /// <param name="batch">The features of recordings.</param>
    public Heard Hear(SpeechBatch batch) => listener.call(batch);

    /// <summary>Attends, and classifies what it read.</summary>
    /// <param name="heard">What was heard.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public DigitHearing Classify(Heard heard, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(heard);
        using var scope = torch.NewDisposeScope();
        var queries = query.expand(heard.States.shape[0], 1, QueryFeatures);
        var attended = attention.forward(queries, projectKey.call(heard.States), heard.States, heard.Mask, generator);
        return new(classify.call(attended.Context.squeeze(1)).MoveToOuterDisposeScope(), attended.MoveToOuterDisposeScope());
    }
}
