namespace AttentionNotebooks;

/// <summary>An archive with the files of a data set in it. Its own bytes may change; what is unpacked from it is checked.</summary>
/// <param name="Format"><c>zip</c> or <c>tar.gz</c>.</param>
/// <param name="Folder">The folder in the archive whose files are taken, wherever it lies.</param>
/// <param name="Ending">How their names end.</param>
/// <param name="Largest">The most bytes that the archive, or all that is unpacked from it, may have.</param>
/// <param name="Mirrors">Where it can be had, the first choice first.</param>
public sealed record DataArchiveEntry(string Format, string Folder, string Ending, long Largest, IReadOnlyList<Uri> Mirrors);
