namespace AttentionNotebooks;

/// <summary>A sentence and its class, and where it is known, which words give it.</summary>
/// <param name="Words">The sentence.</param>
/// <param name="Label">Its class.</param>
/// <param name="Reasons">For each word, whether it is part of the reason for the class; null where nobody says.</param>
/// <param name="Phrases">The phrases that were judged, each after those inside it; none where nobody judged.</param>
public sealed record LabelledSentence(IReadOnlyList<string> Words, int Label, IReadOnlyList<bool>? Reasons, IReadOnlyList<Phrase> Phrases);
