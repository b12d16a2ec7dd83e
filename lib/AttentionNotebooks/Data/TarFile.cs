using System.Formats.Tar;

namespace AttentionNotebooks;

/// <summary>Reads the files in a tar archive, gzip-compressed or not, one after the other; nothing but files and folders inside the archive's own folder is accepted.</summary>
internal static class TarFile
{
    /// <summary>Visits every file, in the order of the archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="largest">The most bytes that an entry may have.</param>
    /// <param name="visit">Takes a file's name with its folders, its bytes, and how many there are.</param>
    /// <exception cref="DataFileException">The archive is missing or damaged, or an entry is a link, too large, or points outside.</exception>
    public static void ForEachFile(string path, long largest, Action<string, Stream, long> visit) => DataFile.ReadUnpacked(path, bytes =>
    {
        using var tar = new TarReader(bytes, leaveOpen: true);
        var files = 0;
        while (Next(tar, path) is { } entry)
        {
            // A note for the whole archive, such as the commit it was made from.
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes) continue;
            var name = ArchiveEntry.SafeName(path, entry.Name);
            if (entry.EntryType == TarEntryType.Directory) continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                throw new DataFileException(path, $"entry “{name}” is no file but a {entry.EntryType}. The archive is not to be trusted: delete it.");
            if (entry.Length > largest)
                throw new DataFileException(path, $"entry “{name}” claims {entry.Length} bytes, and no file in it should have more than {largest}. {DataFile.Again}");
            visit(name, entry.DataStream ?? Stream.Null, entry.Length);
            files++;
        }

        return files > 0 ? files : throw new DataFileException(path, $"there is no file in it. {DataFile.Again}");
    });

    private static TarEntry? Next(TarReader tar, string path)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new DataFileException(path, $"it is no tar archive, or is damaged or cut short ({e.Message}). {DataFile.Again}", e);
        }
    }
}
