namespace AttentionNotebooks;

/// <summary>
/// Reads one card after the other. Its state is what it read last: the name there is the next query, and what is said is read off the answer there.
/// It has to learn where a name leads and what an answer means; when to stop is another's matter.
/// </summary>
public sealed class HopReader : torch.nn.Module
{
    private readonly Attention attention;
    private readonly Linear say;
    private readonly int features;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="attention">Score, distribution and read, of queries and keys of D features.</param>
    /// <param name="cards">What it reads.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public HopReader(Attention attention, HopCards cards, Generator generator) : base(nameof(HopReader))
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentNullException.ThrowIfNull(cards);
        this.attention = attention;
        features = cards.Features;
        say = torch.nn.Linear(cards.Answers, cards.Answers);
        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <summary>Where and how the reader looks.</summary>
    public Attention Attention => attention;

    /// <summary>One look: s ↦ (what was read, what it says), on some of the tables.</summary>
    /// <param name="batch">The tables.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <param name="looked">Given the weights of every look, [A, N]; null for nobody.</param>
    public PonderStep Look(HopBatch batch, Generator? generator = null, Action<Tensor>? looked = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return (state, examples, _) =>
        {
            // q = the name that was read last
            var query = state.narrow(1, 0, features).unsqueeze(1);
            var attended = attention.forward(query, Of(batch.Names), Of(batch.Contents), generator: generator);
            looked?.Invoke(attended.Weights.squeeze(1));
            var read = attended.Context.squeeze(1);
            return (read, say.call(read.narrow(1, features, read.shape[1] - features)));

            Tensor Of(Tensor all) => examples.shape[0] == batch.Count ? all : all.index_select(0, examples);
        };
    }
}
