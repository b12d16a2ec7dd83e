namespace AttentionNotebooks;

/// <summary>Dates and numbers as people write them, and as ISO 8601 and computers do, a character at a time.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Test">To test on: other dates and numbers, written in the same ways.</param>
/// <param name="NewFormats">Other dates and numbers, written in ways that training never shows.</param>
/// <param name="NewLengths">Longer than anything in training: numbers with more digits, and periods from one date to another.</param>
/// <param name="Why">How they were chosen, as a sentence to show to the reader.</param>
public sealed record IsoData(SentencePairs Train, SentencePairs Test, SentencePairs NewFormats, SentencePairs NewLengths, string Why)
{
    /// <summary>What the data are called in captions.</summary>
    public string Name => Train.Name;
}
