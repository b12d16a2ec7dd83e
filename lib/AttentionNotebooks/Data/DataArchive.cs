using System.IO.Compression;

namespace AttentionNotebooks;

/// <summary>Unpacks the files of a data set from an archive: only plain files, only into the one folder, never more than was agreed.</summary>
internal static class DataArchive
{
    private const int LinkMode = 0xA000;
    private const int KindMask = 0xF000;

    /// <summary>Unpacks.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="archive">What to take from it.</param>
    /// <param name="target">The folder to make and to unpack into.</param>
    /// <exception cref="DataFileException">The archive is damaged or not to be trusted, or there is nothing to take.</exception>
    public static void Unpack(string path, DataArchiveEntry archive, string target)
    {
        Directory.CreateDirectory(target);
        var (left, taken) = (archive.Largest, 0);
        if (archive.Format == "zip") ForEachInZip(path, Take);
        else TarFile.ForEachFile(path, archive.Largest, (name, bytes, _) => Take(name, bytes));
        if (taken == 0) throw new DataFileException(path, $"there is no {archive.Folder}/*{archive.Ending} in it. {DataFile.Again}");

        void Take(string name, Stream bytes)
        {
            var parts = name.Split('/');
            if (parts.Length < 2 || parts[^2] != archive.Folder || !parts[^1].EndsWith(archive.Ending, StringComparison.Ordinal)) return;
            var place = Path.Combine(target, parts[^1]);
            if (Path.Exists(place)) throw new DataFileException(path, $"entry “{name}” is there twice. {DataFile.Again}");
            using var file = Create(place);
            left -= Copy(bytes, file, left, path);
            taken++;
        }
    }

    private static void ForEachInZip(string path, Action<string, Stream> visit) => DataFile.Read(path, file =>
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in zip.Entries)
            {
                var name = ArchiveEntry.SafeName(path, entry.FullName);
                if (((entry.ExternalAttributes >> 16) & KindMask) == LinkMode) throw new DataFileException(path, $"entry “{name}” is no file but a link. The archive is not to be trusted: delete it.");
                if (entry.FullName.EndsWith('/')) continue;
                using var bytes = entry.Open();
                visit(name, bytes);
            }

            return zip.Entries.Count;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or NotSupportedException or OverflowException or EndOfStreamException)
        {
            throw new DataFileException(path, $"it is no zip archive, or is damaged or cut short ({e.Message}). {DataFile.Again}", e);
        }
    });

    private static FileStream Create(string place) => Writing(place, () => new FileStream(place, FileMode.CreateNew));

    private static long Copy(Stream from, FileStream to, long most, string path)
    {
        var bytes = new byte[1 << 16];
        var written = 0L;
        for (int count; (count = from.Read(bytes)) > 0; written += count)
        {
            if (written + count > most) throw new DataFileException(path, "it unpacks to more than it should. The archive is not to be trusted: delete it.");
            Writing(to.Name, () =>
            {
                to.Write(bytes.AsSpan(0, count));
                return to;
            });
        }

        return written;
    }

    // What cannot be written is not the archive's fault.
    private static T Writing<T>(string place, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(place, $"it cannot be written ({e.Message}). Make room, or choose another data root with {DataRoot.Variable}.", e);
        }
    }
}
