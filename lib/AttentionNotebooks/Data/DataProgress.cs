namespace AttentionNotebooks;

/// <summary>How far a download is.</summary>
/// <param name="File">The file that is fetched.</param>
/// <param name="Mirror">Where it comes from.</param>
/// <param name="Received">How many bytes of it are there.</param>
/// <param name="Total">How many it will have, or null where nobody says.</param>
public sealed record DataProgress(string File, Uri Mirror, long Received, long? Total);
