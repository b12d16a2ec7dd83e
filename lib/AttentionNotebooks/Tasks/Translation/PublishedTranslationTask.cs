namespace AttentionNotebooks;

/// <summary>
/// Multi30k as bentrevett's tutorials 1 to 4 have it: words that training has twice, Bahdanau's decoder, cross-entropy, and perplexity after the translator's own words alone. Training comes to that by and by, from true words alone to its own alone; the tutorials have either with equal chance throughout.
/// Beside it the same after true words, as tutorials 5 and 6 have it: what is measured in the one way compares with nothing that is measured in the other.
/// </summary>
/// <remarks>Three quarters of the widths of the tutorials, and batches of half as many sentences, so that a run takes an hour of a processor.</remarks>
/// <param name="data">Multi30k.</param>
public sealed class PublishedTranslationTask(TranslationData data)
    : Multi30kTask(data, fewest: 2, new TranslatorSize(192, 384, Dropout: 0.4), new TrainingOptions { Steps = Epoch, BatchSize = 64, LearningRate = 2e-3, ReportEvery = 50 })
{
    private const int Epoch = 450;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders =>
    [
        Long(Of(Mechanisms.Soft with { Name = "soft, own words" }, decoder: Bahdanau, ownWords: true)),
        Long(Of(Mechanisms.Soft with { Name = "soft, true words" })),
        Long(Of(Mechanisms.Average with { Name = "no attention, own words" }, looks: false, ownWords: true)),
    ];

    private static Contender Long(Contender contender) => contender with
    {
        Full = contender.Options with { Steps = 10 * Epoch, ValidateEvery = Epoch / contender.Options.ReportEvery },
    };
}
