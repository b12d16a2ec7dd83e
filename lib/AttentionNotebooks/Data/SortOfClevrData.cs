namespace AttentionNotebooks;

/// <summary>Sort-of-CLEVR scenes to train on and to test on.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Test">To test on.</param>
/// <param name="Why">How they were made, as a sentence to show to the reader.</param>
public sealed record SortOfClevrData(IReadOnlyList<ClevrScene> Train, IReadOnlyList<ClevrScene> Test, string Why);
