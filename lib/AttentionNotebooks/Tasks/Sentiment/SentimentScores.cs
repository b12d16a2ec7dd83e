namespace AttentionNotebooks;

/// <summary>Gathers what a reader does with the sentences of a set, a batch at a time.</summary>
/// <param name="share">How many words of a sentence are reasons where none was chosen, in 0..1 (<see cref="ReasonWords"/>).</param>
internal sealed class SentimentScores(double share)
{
    /// <summary>How often the class is right.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>How many of the words that are given as reasons are.</summary>
    public static Metric Precision { get; } = new("reason precision");

    /// <summary>How many words are read.</summary>
    public static Metric WordsRead { get; } = new("words read", Higher: false);

    private readonly List<double> precisions = [];
    private long sentences;
    private long right;
    private long words;
    private long read;
    private (long Hits, long Given, long True) reasons;

    /// <summary>The metrics of the task, the most important first.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        Accuracy, new("reason F1"), Precision, new("reason recall"), new("average precision"), WordsRead,
    ];

    /// <summary>Adds a batch.</summary>
    public void Add(SentenceBatch batch, SentimentReading reading)
    {
        using var scope = torch.NewDisposeScope();
        var given = ReasonWords.Of(reading.Attended, batch.Mask, share);
        sentences += batch.Count;
        right += reading.Logits.argmax(1).eq(batch.Labels).sum().ToInt64();
        words += batch.Mask.sum().ToInt64();
        read += ReasonWords.Read(reading.Attended, batch.Mask).sum().ToInt64();
        // Where no word is a reason (a neutral sentence), there is nothing to find.
        var explained = batch.Reasons.any(1).nonzero().squeeze(1);
        if (explained.shape[0] == 0) return;
        Tensor Of(Tensor each) => each.index_select(0, explained);
        var (chosen, truth, mask) = (Of(given), Of(batch.Reasons), Of(batch.Mask));
        reasons.Hits += chosen.logical_and(truth).sum().ToInt64();
        reasons.Given += chosen.sum().ToInt64();
        reasons.True += truth.sum().ToInt64();
        precisions.AddRange(RationaleScore.AveragePrecision(Of(reading.Attended.Weights.squeeze(1)), truth, mask).cpu().data<double>().ToArray());
    }

    /// <summary>The metrics of what was added; those of reasons are not a number where there were none.</summary>
    public IReadOnlyDictionary<string, double> Values()
    {
        // Over all words together, as RationaleScore.Micro; a set does not fit one batch.
        var score = reasons.True == 0 ? new RationaleScore(double.NaN, double.NaN) : RationaleScore.OfCounts(reasons.Hits, reasons.Given, reasons.True);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Accuracy.Name] = (double)right / sentences,
            ["reason F1"] = reasons.True == 0 ? double.NaN : score.F1,
            [Precision.Name] = score.Precision,
            ["reason recall"] = score.Recall,
            ["average precision"] = precisions.Count == 0 ? double.NaN : precisions.Average(),
            [WordsRead.Name] = (double)read / words,
        };
    }
}
