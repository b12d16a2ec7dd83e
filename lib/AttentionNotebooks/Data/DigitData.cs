namespace AttentionNotebooks;

/// <summary>A set to train on and another to test on, from the same source, with no image in common.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Test">To test on.</param>
/// <param name="Why">How it was chosen, as a sentence to show to the reader.</param>
public sealed record DigitData(DigitSet Train, DigitSet Test, string Why)
{
    /// <summary>What the data are called in captions.</summary>
    public string Name => Train.Name;
}
