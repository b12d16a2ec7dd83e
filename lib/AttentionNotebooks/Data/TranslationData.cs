namespace AttentionNotebooks;

/// <summary>Translations to train on, to choose a model by, and to test on.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Validation">To choose by.</param>
/// <param name="Test">To test on.</param>
/// <param name="Why">How they were chosen, as a sentence to show to the reader.</param>
public sealed record TranslationData(SentencePairs Train, SentencePairs Validation, SentencePairs Test, string Why)
{
    /// <summary>What the data are called in captions.</summary>
    public string Name => Train.Name;
}
