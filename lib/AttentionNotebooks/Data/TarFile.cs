using System.Formats.Tar;

namespace AttentionNotebooks;

/// <summary>
/// Reads the files in a tar archive, gzip-compressed or not, one after the other; nothing but files and folders inside the archive's own
/// folder is accepted. The platform's reader believes what a header says of the length of attributes, and takes gigabytes for it; this one
/// takes what is there.
/// </summary>
internal static class TarFile
{
    private const int LongestAttributes = 1 << 16;
    private const TarEntryType LongLink = (TarEntryType)'K';
    private const TarEntryType LongName = (TarEntryType)'L';

    /// <summary>Visits every file, in the order of the archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="largest">The most bytes that an entry may have.</param>
    /// <param name="visit">Takes a file's name with its folders, its bytes, and how many there are.</param>
    /// <exception cref="DataFileException">The archive is missing or damaged, or an entry is a link, too large, or points outside.</exception>
    public static void ForEachFile(string path, long largest, Action<string, Stream, long> visit) => DataFile.ReadUnpacked(path, archive =>
    {
        var files = 0;
        while (Guarded(path, () => Next(archive)) is { } entry)
        {
            var name = ArchiveEntry.SafeName(path, entry.Name);
            if (entry.Type == TarEntryType.Directory) continue;
            if (entry.Type is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                throw new DataFileException(path, $"entry “{name}” is no file but a {entry.Type}. The archive is not to be trusted: delete it.");
            if (entry.Size > largest)
                throw new DataFileException(path, $"entry “{name}” claims {entry.Size} bytes, and no file in it should have more than {largest}. {DataFile.Again}");
            var bytes = new TarEntryStream(archive, entry.Size);
            visit(name, bytes, entry.Size);
            if (!bytes.Finish()) throw new DataFileException(path, $"truncated: it ends inside entry “{name}”. {DataFile.Again}");
            files++;
        }

        return files > 0 ? files : throw new DataFileException(path, $"there is no file in it. {DataFile.Again}");
    });

    // The next header that stands for something, with what was said of it before; null at the end.
    private static TarHeader? Next(Stream archive)
    {
        var (name, attributes) = ((string?)null, Array.Empty<byte>());
        while (ReadHeader(archive) is { } header)
        {
            switch (header.Type)
            {
                case TarEntryType.ExtendedAttributes:
                    attributes = ReadAttributes(archive, header);
                    break;
                case LongName:
                    name = TarHeader.Text(ReadAttributes(archive, header));
                    break;
                // A note for the whole archive, such as the commit it was made from; where a link points to.
                case TarEntryType.GlobalExtendedAttributes or LongLink:
                    ReadAttributes(archive, header);
                    break;
                default:
                    return (name is null ? header : header with { Name = name }).With(attributes);
            }
        }

        return null;
    }

    private static TarHeader? ReadHeader(Stream archive)
    {
        var block = new byte[TarHeader.Block];
        var read = archive.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        // Zeros are the end; some archives have none.
        if (read == 0 || (read == block.Length && block.AsSpan().IndexOfAnyExcept((byte)0) < 0)) return null;
        return read == block.Length ? TarHeader.Parse(block) : throw new FormatException("it ends inside a header");
    }

    private static byte[] ReadAttributes(Stream archive, TarHeader header)
    {
        if (header.Size > LongestAttributes) throw new FormatException($"attributes claim {header.Size} bytes");
        var attributes = new byte[header.Size];
        var bytes = new TarEntryStream(archive, header.Size);
        return bytes.ReadAtLeast(attributes, attributes.Length, throwOnEndOfStream: false) == attributes.Length && bytes.Finish()
            ? attributes
            : throw new FormatException("it ends inside attributes");
    }

    private static TarHeader? Guarded(string path, Func<TarHeader?> next)
    {
        try
        {
            return next();
        }
        catch (FormatException e)
        {
            throw new DataFileException(path, $"it is no tar archive, or is damaged or cut short ({e.Message}). {DataFile.Again}", e);
        }
    }
}
