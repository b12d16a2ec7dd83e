namespace AttentionNotebooks;

/// <summary>
/// Translates: a bidirectional GRU reads the sentence (Bahdanau et al. 2015, §3.2), a decoder writes the translation and looks at the sentence for every word.
/// Which attention it is, nothing else in here knows.
/// </summary>
public sealed class Translator : torch.nn.Module
{
    private readonly Embedding embedSource;
    private readonly Embedding embedTarget;
    private readonly BidirectionalGru encode;
    private readonly Linear start;
    private readonly Linear projectKey;
    private readonly Decoder decoder;
    private readonly Parameter bias;
    private readonly bool looks;
    private readonly double scale;
    private readonly double dropout;

    /// <summary>Makes a translator, with weights drawn from the generator.</summary>
    /// <param name="decoder">Writes; of the sizes that follow.</param>
    /// <param name="size">How large it is.</param>
    /// <param name="sourceWords">How many numbers there are for words to translate.</param>
    /// <param name="targetWords">How many there are for words of translations.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="looks">Whether the decoder sees the words of the sentence; if not, it is the control that sees what the encoder knows when it is through (Sutskever et al. 2014).</param>
    public Translator(Decoder decoder, TranslatorSize size, long sourceWords, long targetWords, Generator generator, bool looks = true) : base(nameof(Translator))
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(size);
        size.Require();
        (this.decoder, this.looks, scale, dropout) = (decoder, looks, Math.Sqrt(size.Word), size.Dropout);
        embedSource = torch.nn.Embedding(sourceWords, size.Word);
        embedTarget = torch.nn.Embedding(targetWords, size.Word);
        encode = new BidirectionalGru(size.Word, size.Hidden / 2);
        start = torch.nn.Linear(size.Hidden, size.Hidden);
        projectKey = torch.nn.Linear(size.Hidden, size.Hidden, hasBias: false);
        bias = torch.nn.Parameter(torch.zeros(targetWords));
        RegisterComponents();
        Initialization.DrawNarrow(this, generator);
    }

    /// <summary>Where and how it looks.</summary>
    public Attention Attention => decoder.Attention;

    /// <summary>The vectors of words of translations. They serve both ways, and are as long on the way in as if drawn apart (Press &amp; Wolf 2017; Vaswani et al. 2017, §3.4).</summary>
    /// <param name="words">int64, any shape.</param>
    /// <param name="noise">Where dropout draws from, in training; null for none.</param>
    /// <returns>[…, E], the caller's.</returns>
    public Tensor Vectors(Tensor words, Generator? noise = null) => Embed(embedTarget, words, noise);

    /// <summary>Reads sentences.</summary>
    /// <param name="batch">The sentences, [B, N].</param>
    /// <param name="noise">Where dropout draws from, in training; null for none.</param>
    public Annotations Annotate(TranslationBatch batch, Generator? noise = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var (states, ends) = encode.call(Embed(embedSource, batch.Source, noise), batch.SourceLengths);
        var mask = torch.arange(batch.Source.shape[1], torch.int64, batch.Source.device) < batch.SourceLengths.unsqueeze(1);
        if (!looks) (states, mask) = (ends.unsqueeze(1), mask.narrow(1, 0, 1));
        // With keys W h the dot product is Luong's “general” score   Luong 2015, eq. 8
        return new Annotations(states, projectKey.call(states), mask, start.call(ends).tanh()).MoveToOuterDisposeScope();
    }

    /// <summary>Prepares to write the translations of a batch, each word after the true ones before it (teacher forcing).</summary>
    /// <param name="annotations">The sentences.</param>
    /// <param name="batch">Their translations.</param>
    /// <param name="inference">Says where to look from the translations themselves (<see cref="Variational"/>); null for the decoder's own attention.</param>
    /// <param name="noise">Where dropout draws from, in training; null for none.</param>
    /// <returns>Writes; it may be called several times, to look elsewhere each time, until the scope around this call ends. It takes where a random read draws from.</returns>
    public Func<Generator?, Written> Prepare(Annotations annotations, TranslationBatch batch, InferenceNetwork? inference = null, Generator? noise = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return decoder.Prepare(annotations, Vectors(batch.Before(), noise), inference?.Infer(annotations, Vectors(batch.Target), batch.After.logical_not().sum(1)));
    }

    /// <summary>How well words fit where there is one: what follows the end of a translation costs nothing, neither time nor loss.</summary>
    /// <param name="written">What the decoder has to say.</param>
    /// <param name="batch">The true words.</param>
    /// <returns>Scores [M, V], one row for each of <see cref="TranslationBatch.Places"/>.</returns>
    public Tensor Logits(Written written, TranslationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        return Fit(written.Readout.flatten(0, 1).index_select(0, batch.Places)).MoveToOuterDisposeScope();
    }

    /// <summary>Writes one word after another.</summary>
    /// <param name="annotations">The sentences.</param>
    /// <param name="last">The word before, [B] int64.</param>
    /// <param name="state">s [B, H], where the decoder is.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <param name="noise">Where dropout draws from, in training; null for none.</param>
    /// <returns>log p [B, V] of the next word, where the decoder is now, and where it looked.</returns>
    public DecoderStep Next(Annotations annotations, Tensor last, Tensor state, Generator? generator, Generator? noise = null)
    {
        using var scope = torch.NewDisposeScope();
        var (written, next) = decoder.Next(annotations, Vectors(last, noise), state, generator);
        var logProbabilities = torch.nn.functional.log_softmax(Fit(written.Readout.squeeze(1)), -1);
        return new DecoderStep(logProbabilities, [next]) { Attended = written.Attended[0].Weights.squeeze(1) }.MoveToOuterDisposeScope();
    }

    /// <summary>Writes the translations of a batch a word at a time, each after the true word before it or after the one that it found likeliest itself.</summary>
    /// <param name="annotations">The sentences.</param>
    /// <param name="batch">Their translations, [B, T].</param>
    /// <param name="own">[B, T] bool: after which words its own goes on.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <param name="noise">Where dropout draws from, in training; null for none.</param>
    /// <returns>−log p of the true words, and whether they were the likeliest, [B, T]; 0 and false after the end.</returns>
    public (Tensor Losses, Tensor Right) Follow(Annotations annotations, TranslationBatch batch, Tensor own, Generator? generator, Generator? noise = null)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(batch);
        Shape.Require(own, nameof(own), batch.Count, batch.Target.shape[1]);
        using var scope = torch.NewDisposeScope();
        var (state, last) = (annotations.Start, torch.full([batch.Count], Vocabulary.Start, torch.int64, batch.Target.device));
        var (losses, right) = (new List<Tensor>(), new List<Tensor>());
        foreach (var (words, free) in batch.Target.unbind(1).Zip(own.unbind(1)))
        {
            var step = Next(annotations, last, state, generator, noise);
            var likeliest = step.LogProbabilities.argmax(1);
            losses.Add(step.LogProbabilities.gather(1, words.unsqueeze(1)).neg().squeeze(1));
            right.Add(likeliest.eq(words));
            (state, last) = (step.State[0], torch.where(free, likeliest, words));
        }

        return (torch.stack([.. losses], 1).masked_fill(batch.After, 0).MoveToOuterDisposeScope(), torch.stack([.. right], 1).masked_fill(batch.After, false).MoveToOuterDisposeScope());
    }

    /// <summary>Translates.</summary>
    /// <param name="batch">The sentences.</param>
    /// <param name="search">How the words are found.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Decoded Translate(TranslationBatch batch, BeamSearch search, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(search);
        using var scope = torch.NewDisposeScope();
        var annotations = Annotate(batch);
        var wide = annotations.Map(search.Widen);
        return search.Search([annotations.Start], (last, state) => Next(wide, last, state[0], generator)).MoveToOuterDisposeScope();
    }

    private Tensor Embed(Embedding table, Tensor words, Generator? noise)
    {
        using var scope = torch.NewDisposeScope();
        var vectors = table.call(words) * scale;
        if (noise is null || dropout == 0) return vectors.MoveToOuterDisposeScope();
        // What is kept is as much longer as is missing   Srivastava 2014, §10
        var kept = RandomNumbers.Uniform(vectors.shape, vectors.dtype, vectors.device, noise) >= dropout;
        return (vectors * kept / (1 - dropout)).MoveToOuterDisposeScope();
    }

    private Tensor Fit(Tensor readout) => torch.nn.functional.linear(readout, embedTarget.weight!, bias);
}
