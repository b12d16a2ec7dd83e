namespace AttentionNotebooks;

/// <summary>A set of sentences as tensors, from which batches are taken, each as long as its longest sentence.</summary>
public sealed class SentenceTensors : IDisposable
{
    private readonly SentenceBatch all;
    private readonly Tensor lengths; // [M] int64

    /// <summary>Numbers the words of a set.</summary>
    /// <param name="set">The sentences.</param>
    /// <param name="vocabulary">The numbers; words are looked up in lower case.</param>
    /// <exception cref="ArgumentException">There is no sentence, or one has no word.</exception>
    public SentenceTensors(SentimentSet set, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (set.Count == 0 || set.Sentences.Any(sentence => sentence.Words.Count == 0)) throw new ArgumentException($"{set} has no sentence, or one without words.", nameof(set));
        HasReasons = set.Sentences.All(sentence => sentence.Reasons is not null);
        using var scope = torch.NewDisposeScope();
        var words = Vocabulary.ToTensor([.. set.Sentences.Select(sentence => LowerCase(sentence).Select(vocabulary.NumberOf).ToArray())]);
        var reasons = Vocabulary.ToTensor([.. set.Sentences.Select(sentence => sentence.Words.Select((_, n) => sentence.Reasons?[n] == true ? 1 : 0).ToArray())]).to(torch.@bool);
        var labels = torch.tensor(set.Sentences.Select(sentence => (long)sentence.Label).ToArray());
        all = new SentenceBatch(words, words.ne(Vocabulary.Padding), labels, reasons).MoveToOuterDisposeScope();
        foreach (var tensor in (Tensor[])[all.Words, all.Mask, all.Labels, all.Reasons]) tensor.DetachFromDisposeScope();
        lengths = all.Mask.sum(1).DetachFromDisposeScope();
    }

    /// <summary>M, how many sentences there are.</summary>
    public long Count => all.Count;

    /// <summary>Whether somebody says which words give the class.</summary>
    public bool HasReasons { get; }

    /// <summary>The vocabulary of a set: words in lower case that occur at least so often.</summary>
    /// <param name="set">The sentences, to train on.</param>
    /// <param name="fewest">How often a word has to occur.</param>
    public static Vocabulary VocabularyOf(SentimentSet set, int fewest)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Vocabulary.Of(set.Sentences.Select(LowerCase), fewest);
    }

    /// <summary>Some sentences.</summary>
    /// <param name="indices">[B] int64, which.</param>
    /// <returns>A batch as long as the longest of them; the caller's.</returns>
    public SentenceBatch At(Tensor indices)
    {
        using var scope = torch.NewDisposeScope();
        var longest = lengths.index_select(0, indices).max().ToInt64();
        Tensor Of(Tensor each) => each.index_select(0, indices).narrow(1, 0, longest);
        return new SentenceBatch(Of(all.Words), Of(all.Mask), all.Labels.index_select(0, indices), Of(all.Reasons)).MoveToOuterDisposeScope();
    }

    /// <summary>All sentences in turn, those of like length together, so that little is filled up.</summary>
    /// <param name="size">B, how many at a time, at least 1.</param>
    /// <returns>[B] int64 each time, fewer at the end; the caller's.</returns>
    public IEnumerable<Tensor> ByLength(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Batches();

        IEnumerable<Tensor> Batches()
        {
            var order = lengths.data<long>().ToArray().Select((length, index) => (length, index: (long)index)).OrderBy(each => each.length).Select(each => each.index);
            foreach (var batch in order.Chunk(size)) yield return torch.tensor(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[all.Words, all.Mask, all.Labels, all.Reasons, lengths]) tensor.Dispose();
    }

    private static IReadOnlyList<string> LowerCase(LabelledSentence sentence) => [.. sentence.Words.Select(word => word.ToLowerInvariant())];
}
