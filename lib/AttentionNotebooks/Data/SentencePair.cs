namespace AttentionNotebooks;

/// <summary>The same in two languages.</summary>
/// <param name="Source">What to translate.</param>
/// <param name="Target">Its translation.</param>
public sealed record SentencePair(string Source, string Target);
