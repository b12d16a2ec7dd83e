namespace AttentionNotebooks;

/// <summary>
/// Finds a card and reads it. All that it has to learn is where to look: the value of card n is the n-th unit vector, so that what is read is how much of each card.
/// Beside the score's own parameters there is one, the loudness of queries.
/// </summary>
public sealed class LookupReader : torch.nn.Module<LookupBatch, Generator?, AttentionResult>
{
    private readonly double loudness;
    private readonly Parameter gain;
    private readonly Linear? encodeQuery;
    private readonly Linear? encodeKey;
    private readonly Attention attention;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="attention">Score, distribution and read, of queries and keys of D features.</param>
    /// <param name="features">D, the features of keys and queries.</param>
    /// <param name="encoded">Whether queries and keys first go through a linear layer each, learned, D to D.</param>
    /// <param name="loudness">What queries are multiplied by at first: the larger, the further apart the first scores.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public LookupReader(Attention attention, int features, bool encoded, double loudness, Generator generator) : base(nameof(LookupReader))
    {
        ArgumentNullException.ThrowIfNull(attention);
        (this.attention, this.loudness) = (attention, loudness);
        gain = torch.nn.Parameter(torch.zeros(1));
        if (encoded) (encodeQuery, encodeKey) = (torch.nn.Linear(features, features, hasBias: false), torch.nn.Linear(features, features, hasBias: false));
        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <summary>Where and how the reader looks.</summary>
    public Attention Attention => attention;

    /// <summary>How much louder or quieter queries have become, as the logarithm of a factor; it begins at 0.</summary>
    internal Tensor Gain => gain;

    /// <summary>Reads tables.</summary>
    /// <param name="batch">The tables and questions.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>What the attention recorded, with T = 1; the context [B, 1, N] has how much of each card was read.</returns>
    public override AttentionResult forward(LookupBatch batch, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        // Every score can be made sharper or flatter, those without parameters, too.
        var query = (encodeQuery?.call(batch.Query) ?? batch.Query) * (loudness * gain.exp());
        var keys = encodeKey?.call(batch.Keys) ?? batch.Keys;
        var (b, n) = (keys.shape[0], keys.shape[1]);
        var values = torch.eye(n, dtype: keys.dtype, device: keys.device).expand(b, n, n);
        return attention.forward(query, keys, values, generator: generator).MoveToOuterDisposeScope();
    }
}
