namespace AttentionNotebooks;

/// <summary>Spoken digits to train on and others to test on.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Test">To test on.</param>
/// <param name="Why">How they were chosen, as a sentence to show to the reader.</param>
public sealed record SpokenDigitData(SpokenDigitSet Train, SpokenDigitSet Test, string Why)
{
    /// <summary>What the data are called in captions.</summary>
    public string Name => Train.Name;
}
