namespace AttentionNotebooks;

/// <summary>
/// Tells the class of a sentence by what it reads of it. Keys that know the whole sentence say what is worth reading; what is read are words
/// that know nothing but themselves. The attention decides which those are; nothing else in here knows whether it is soft or hard.
/// </summary>
/// <remarks>
/// Two ways to read. A reader of words takes the context c = Σ αₙ vₙ, in which the order of words is lost; with a window its values are
/// phrases, “not good” at “good”, but then the word after “good” sees it too, and is as good a place to point at. A reader of rationales reads a second
/// time, and nothing but what was chosen: words are multiplied by their gates zₙ, and the phrases of what remains tell the class
/// (Lei et al. 2016, §3; Bastings et al. 2019, §2). Either way a word without weight, or whose gate is shut, cannot change the class but by
/// what else is chosen. Values that know the sentence could: then the weights would say nothing of what the class came from.
/// </remarks>
public sealed class SentimentReader : torch.nn.Module<SentenceBatch, Generator?, SentimentReading>
{
    private const long WordFeatures = 32;
    private const long QueryFeatures = 16;
    private const long PhraseFeatures = 64;

    /// <summary>How many words a rationale's phrases have.</summary>
    internal const int PhraseWidth = 3;

    private readonly Embedding embed;
    private readonly SentenceEncoder encode;
    private readonly Parameter query;
    private readonly Attention attention;
    private readonly Phrases phrases;
    private readonly Sequential classify;
    private readonly bool rationale;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="attention">What is read, and how: <see cref="NewScore"/>, any distribution, any read.</param>
    /// <param name="words">How many words the vocabulary has.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="rationale">Whether it reads rationales; else words.</param>
    /// <param name="window">For a reader of words, how many of them a value is made of: the word itself, and those before it.</param>
    public SentimentReader(Attention attention, long words, long classes, Generator generator, bool rationale = false, int window = 1) : base(nameof(SentimentReader))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        this.rationale = rationale;
        embed = torch.nn.Embedding(words, WordFeatures);
        query = torch.nn.Parameter(torch.zeros(1, 1, QueryFeatures));
        phrases = new Phrases(WordFeatures, rationale ? PhraseWidth : window, PhraseFeatures);
        classify = torch.nn.Sequential(torch.nn.Linear(PhraseFeatures, PhraseFeatures), torch.nn.ReLU(), torch.nn.Linear(PhraseFeatures, classes));
        encode = new SentenceEncoder(WordFeatures);
        RegisterComponents();
        // He's bound takes [words, E] as a sum over E: entries of variance 2/E, so that a word vector is about √2 long, as the layers above it expect.
        Initialization.Draw(this, generator);
    }

    /// <summary>F, what the reader knows before it chooses: its mean key.</summary>
    public static int KnownFeatures => (int)WordFeatures;

    /// <summary>What is read, and how.</summary>
    public Attention Attention => attention;

    /// <summary>The score that fits a reader's queries and keys.</summary>
    public static Score NewScore() => new AdditiveScore(QueryFeatures, WordFeatures, 32);

    /// <summary>Reads sentences.</summary>
    /// <param name="batch">The sentences.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public override SentimentReading forward(SentenceBatch batch, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        return Read(Encode(batch), generator).MoveToOuterDisposeScope();
    }

    /// <summary>The part that no choice changes: done once, however often an estimator reads.</summary>
    /// <param name="batch">The sentences.</param>
    /// <returns>The caller's; it goes to the current scope.</returns>
    public EncodedSentences Encode(SentenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Shape.Require(batch.Mask, nameof(batch), batch.Words.shape[0], batch.Words.shape[1]);
        using var scope = torch.NewDisposeScope();
        var words = embed.call(batch.Words) * batch.Mask.unsqueeze(-1);
        var keys = encode.call(words, batch.Mask);
        return new EncodedSentences(words.MoveToOuterDisposeScope(), keys.MoveToOuterDisposeScope(), batch.Mask);
    }

    /// <summary>Chooses, reads and tells the class.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public SentimentReading Read(EncodedSentences sentences, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        using var scope = torch.NewDisposeScope();
        var (words, mask) = (sentences.Words, sentences.Mask);
        var attended = attention.forward(query.expand(words.shape[0], 1, QueryFeatures), sentences.Keys, rationale ? OneHot(words) : ValuesOf(words), mask, generator);
        var read = rationale ? Reread(words, attended.Context, mask) : attended.Context.squeeze(1);
        return new SentimentReading(classify.call(read), attended).MoveToOuterDisposeScope();
    }

    /// <summary>Reads in another way than the reader was trained to; its own read is back in place afterwards.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="read">The read; null for its own.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public SentimentReading ReadAs(EncodedSentences sentences, Read? read, Generator? generator) => attention.ReadAs(read, () => Read(sentences, generator));

    private Values ValuesOf(Tensor words) => Values.Lazy(() => phrases.call(words), locations => phrases.At(words, locations));

    // With a one-hot vector as the value of each location, what is read are the gates themselves, Σ zₙ eₙ = z, whatever the read.
    private static Values OneHot(Tensor words) => torch.eye(words.shape[1], dtype: words.dtype, device: words.device).expand(words.shape[0], -1, -1);

    // c = max_n p_n(z x)   Kim 2014, §2
    private Tensor Reread(Tensor words, Tensor gates, Tensor mask)
    {
        var chosen = phrases.call(words * gates.transpose(1, 2));
        return chosen.masked_fill(mask.logical_not().unsqueeze(-1), 0).amax([1]);
    }
}
