namespace AttentionNotebooks;

/// <summary>
/// Multi30k as bentrevett's tutorials 1 to 4 have it: words that training has twice, cross-entropy after true words and the translator's own with equal chance, and perplexity after its own words alone.
/// Beside it the same after true words, as tutorials 5 and 6 have it: what is measured in the one way compares with nothing that is measured in the other.
/// </summary>
/// <remarks>Half the widths of the tutorials, so that a run takes half an hour on a processor.</remarks>
/// <param name="data">Multi30k.</param>
public sealed class PublishedTranslationTask(TranslationData data) : Multi30kTask(data, fewest: 2, new TranslatorSize(128, 256, Dropout: 0.3), new TrainingOptions { Steps = Epoch, BatchSize = 64, LearningRate = 3e-3, ReportEvery = 50 })
{
    private const int Epoch = 450;
    private const double OwnWords = 0.5;

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders =>
    [
        Long(Of(Mechanisms.Soft with { Name = "soft, own words" }, ownWords: OwnWords), FreeValidation),
        Long(Of(Mechanisms.Soft with { Name = "soft, true words" }), ForcedValidation),
        Long(Of(Mechanisms.Average with { Name = "no attention, own words" }, looks: false, ownWords: OwnWords), FreeValidation),
    ];

    // What is tested is the best epoch on validation, measured as the test is: the tutorials have it so, too.
    private static Contender Long(Contender contender, string watched) => contender with
    {
        Full = contender.Options with
        {
            Steps = 12 * Epoch,
            ValidateEvery = Epoch / contender.Options.ReportEvery,
            EarlyStopping = new EarlyStopping(watched, Patience: 3),
        },
    };
}
