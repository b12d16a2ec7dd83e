namespace AttentionNotebooks;

/// <summary>One data set of the manifest.</summary>
/// <param name="Name">Its name, which is also its folder in the data root.</param>
/// <param name="Title">What it is called in captions.</param>
/// <param name="Content">What it holds, in a few words.</param>
/// <param name="Licence">Under which licence, in a few words.</param>
/// <param name="Citation">Whom to cite.</param>
/// <param name="Embedded">The embedded set that stands in for it where it is not there.</param>
/// <param name="Files">Its files.</param>
/// <param name="Unpacked">A folder that serves instead of the files, or null.</param>
/// <param name="Archive">An archive that the files, or that folder, are unpacked from, or null.</param>
public sealed record DataSetEntry(
    string Name, string Title, string Content, string Licence, string Citation, string Embedded, IReadOnlyList<DataFileEntry> Files, DataFolderEntry? Unpacked = null, DataArchiveEntry? Archive = null)
{
    /// <summary>How many bytes its files have together.</summary>
    public long Size => Files.Sum(file => file.Size);
}
