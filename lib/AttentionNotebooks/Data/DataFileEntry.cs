namespace AttentionNotebooks;

/// <summary>One file of a data set.</summary>
/// <param name="Path">Where it lies in the data root, with <c>/</c> between folders.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal.</param>
/// <param name="Mirrors">Where it can be had, the first choice first.</param>
public sealed record DataFileEntry(string Path, long Size, string Sha256, IReadOnlyList<Uri> Mirrors);
