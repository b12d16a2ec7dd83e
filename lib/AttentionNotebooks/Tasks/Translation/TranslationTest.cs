namespace AttentionNotebooks;

/// <summary>Tests a translator on pairs of sentences, a batch at a time.</summary>
/// <param name="translator">The translator, with the read it is to be tested with.</param>
/// <param name="pairs">The pairs.</param>
/// <param name="generator">Where a random read draws from.</param>
internal sealed class TranslationTest(Translator translator, NumberedPairs pairs, Generator generator)
{
    private const int BatchSize = 250;

    /// <summary>The words of all translations, in the order of the pairs.</summary>
    /// <param name="width">K, how many beginnings are kept: 1 for greedy search.</param>
    /// <param name="longest">How many words a translation has at most, its end included, for a sentence of so many.</param>
    public IReadOnlyList<IReadOnlyList<string>> Translate(int width, Func<int, int> longest)
    {
        var all = new IReadOnlyList<string>[pairs.Count];
        foreach (var indices in pairs.BySize(BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            var batch = pairs.Batch(indices).To(translator.Device());
            var found = translator.Translate(batch, new BeamSearch(width, longest((int)batch.Source.shape[1])), generator).ToNumbers();
            for (var i = 0; i < indices.Length; i++) all[indices[i]] = pairs.TargetVocabulary.Decode(found[i]);
        }

        return all;
    }

    /// <summary>The perplexity of the true words, ends included, each after the true words before it (teacher forcing).</summary>
    public double ForcedPerplexity() => Perplexity((batch, annotations) =>
    {
        var logits = translator.Logits(translator.Prepare(annotations, batch)(generator), batch);
        return torch.nn.functional.cross_entropy(logits, batch.Target.flatten().index_select(0, batch.Places), reduction: torch.nn.Reduction.Sum);
    });

    /// <summary>
    /// The perplexity of the true words, ends included, each after the words that the translator itself found likeliest before it: what
    /// bentrevett's tutorials 1 to 4 report. A translation that goes another way than the true one is wrong from there on, so it is far higher, and compares with nothing else.
    /// </summary>
    public double FreePerplexity() => Perplexity((batch, annotations) =>
        translator.Follow(annotations, batch, torch.ones(batch.Target.shape, torch.@bool, batch.Target.device), generator).Losses.sum());

    private double Perplexity(Func<TranslationBatch, Annotations, Tensor> loss)
    {
        var (sum, words) = (0.0, 0L);
        foreach (var indices in pairs.BySize(BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var batch = pairs.Batch(indices).To(translator.Device());
            sum += loss(batch, translator.Annotate(batch)).ToDouble();
            words += batch.WordCount;
        }

        return Math.Exp(sum / words);
    }
}
