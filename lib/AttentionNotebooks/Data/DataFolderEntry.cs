namespace AttentionNotebooks;

/// <summary>A folder of many small files.</summary>
/// <param name="Path">Where it lies in the data root, with <c>/</c> between folders.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Size">How many bytes they have together.</param>
/// <param name="Sha256">
/// The SHA-256 of what <c>sha256sum</c> prints in that folder: for each file, in ordinal order, its SHA-256, two spaces, its name, and the end of a line.
/// </param>
public sealed record DataFolderEntry(string Path, int Files, long Size, string Sha256);
