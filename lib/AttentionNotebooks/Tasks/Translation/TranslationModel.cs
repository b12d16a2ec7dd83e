namespace AttentionNotebooks;

/// <summary>A translator with its estimator: cross-entropy with the true words before each while it trains, on its own when it is tested.</summary>
public sealed class TranslationModel : ITaskModel, IPriced
{
    private readonly GradientEstimator estimator;
    private readonly InferenceNetwork? inference;
    private readonly Minibatches batches;
    private readonly TranslationTask task;
    private readonly bool ownWords;

    /// <summary>Takes the parts; they are its own from now on, the task is not.</summary>
    /// <param name="translator">The translator.</param>
    /// <param name="estimator">How its choices are trained.</param>
    /// <param name="inference">Says where to look from the translations themselves; null for the decoder's own attention.</param>
    /// <param name="task">The task.</param>
    /// <param name="ownWords">Whether training comes to the words that it finds likeliest itself instead of the true ones before the next: their share grows evenly from 0, and is 1 from half of the run on (scheduled sampling, Bengio et al. 2015, §2.4, linear decay). If so, it writes a word at a time, and nothing may be left to chance in its attention.</param>
    internal TranslationModel(Translator translator, GradientEstimator estimator, InferenceNetwork? inference, TranslationTask task, bool ownWords = false)
    {
        (Translator, this.estimator, this.inference, this.task, this.ownWords) = (translator, estimator, inference, task, ownWords);
        batches = new Minibatches(task.Pairs.Lengths, task.BatchesTogether);
    }

    /// <summary>The translator.</summary>
    public Translator Translator { get; }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => inference is null ? [Translator, estimator, batches] : [Translator, estimator, inference, batches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = task.Pairs.Batch([.. batches.Next(moment.BatchSize, moment.Generator).data<long>().Select(i => (int)i)]).To(Translator.Device());
        if (ownWords) return OnItsOwn(batch, share: Math.Min(1, 2 * moment.Progress), moment.Generator);
        var write = Translator.Prepare(Translator.Annotate(batch, moment.Generator), batch, inference, moment.Generator);
        var vectors = Translator.Vectors(batch.Target);
        var words = batch.Target.flatten().index_select(0, batch.Places);
        var step = TrainingStep.Of(
            estimator,
            read =>
            {
                var written = Translator.Attention.ReadAs(read, () => write(moment.Generator));
                var logits = Translator.Logits(written, batch);
                return (Written: written, Logits: logits, Losses: torch.nn.functional.cross_entropy(logits, words, reduction: torch.nn.Reduction.None));
            },
            run => run.Written.Judge(run.Losses.new_zeros(batch.Target.numel()).scatter(0, batch.Places, run.Losses).reshape(batch.Target.shape), batch.After, vectors),
            run => new Dictionary<string, Tensor>(StringComparer.Ordinal)
            {
                ["loss"] = run.Losses.mean(),
                ["accuracy"] = run.Logits.argmax(1).eq(words).to(torch.float32).mean(),
            });
        // Nats a word, however long the sentences of a batch are.
        return step with { Loss = step.Loss * ((double)batch.Count / batch.WordCount) };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Validate()
    {
        using var generator = new Generator(0, torch.CPU);
        return task.Validate(Translator, generator);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => Translator.Attention.ReadAs(mode, () => task.Measure(Translator, generator));

    /// <summary>Translates a sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="search">How the words are found; null for the likeliest at every step.</param>
    /// <param name="mode">The read; null for the one it was trained with.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Translated Translate(string sentence, BeamSearch? search = null, Read? mode = null, Generator? generator = null)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = task.Pairs.ToTranslate(sentence).To(Translator.Device());
        var found = Translator.Attention.ReadAs(mode, () => Translator.Translate(batch, search ?? BeamSearch.Greedy(task.Longest((int)batch.Source.shape[1])), generator));
        var (source, target) = (Names(batch.Source, task.Pairs.SourceVocabulary), Names(found.Tokens, task.Pairs.TargetVocabulary));
        var weights = new float[target.Length, found.Attended!.shape[2]];
        Buffer.BlockCopy(found.Attended.cpu().contiguous().data<float>().ToArray(), 0, weights, 0, weights.Length * sizeof(float));
        return new Translated(source, target, weights);
    }

    double IPriced.MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(Translator, () =>
    {
        var batch = task.Pairs.Batch([.. Enumerable.Range(0, IPriced.Examples)]).To(Translator.Device());
        Translator.Logits(Translator.Attention.ReadAs(mode, () => Translator.Prepare(Translator.Annotate(batch), batch)(generator)), batch);
    }) / IPriced.Examples;

    /// <inheritdoc/>
    public void Dispose()
    {
        Translator.Dispose();
        estimator.Dispose();
        inference?.Dispose();
        batches.Dispose();
    }

    // Nats a word, each after a true word or one of its own.
    private TrainingStep OnItsOwn(TranslationBatch batch, double share, Generator generator)
    {
        var annotations = Translator.Annotate(batch, generator);
        var own = RandomNumbers.Uniform(batch.Target.shape, torch.float32, batch.Target.device, generator) < share;
        var (losses, right) = Translator.Follow(annotations, batch, own, generator, generator);
        var loss = losses.sum() / batch.WordCount;
        return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = loss.detach(),
            ["accuracy"] = right.sum().to(torch.float32) / batch.WordCount,
        });
    }

    private static string[] Names(Tensor numbers, Vocabulary vocabulary) => [.. numbers.flatten().cpu().data<long>().ToArray().Select(number => vocabulary[(int)number])];
}
