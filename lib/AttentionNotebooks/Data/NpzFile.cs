using System.IO.Compression;

namespace AttentionNotebooks;

/// <summary>Named arrays in one file: a zip archive of arrays in NumPy's format, as numpy.savez writes it.</summary>
public static class NpzFile
{
    private const string Ending = ".npy";

    /// <summary>Reads arrays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Which arrays, in which order.</param>
    /// <exception cref="DataFileException">The file is missing, is no zip archive, is damaged, or lacks an array, or one is not of float32, int32, int64 or uint8 in C order.</exception>
    public static IReadOnlyList<NpyArray> Read(string path, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return DataFile.Read(path, file =>
        {
            using var zip = Open(file, path);
            var entries = Entries(zip, path);
            return names.Select(name => ReadArray(entries, path, name)).ToArray();
        });
    }

    /// <summary>The names of the arrays in a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is missing, is no zip archive, or is damaged.</exception>
    public static IReadOnlyList<string> NamesIn(string path) => DataFile.Read(path, file =>
    {
        using var zip = Open(file, path);
        return Entries(zip, path).Keys.Order(StringComparer.Ordinal).ToArray();
    });

    private static ZipArchive Open(FileStream file, string path)
    {
        try
        {
            return new(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw Damaged(path, e);
        }
    }

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive zip, string path)
    {
        try
        {
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(Ending, StringComparison.Ordinal)))
            {
                if (!entries.TryAdd(entry.FullName[..^Ending.Length], entry)) throw new DataFileException(path, $"{entry.FullName} is there twice. {DataFile.Again}");
            }

            return entries;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw Damaged(path, e);
        }
    }

    private static NpyArray ReadArray(Dictionary<string, ZipArchiveEntry> entries, string path, string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new DataFileException(path, $"there is no array {name} in it, but {(entries.Count == 0 ? "none at all" : string.Join(", ", entries.Keys))}. Is it the right file?");
        try
        {
            using var stream = entry.Open();
            using var bytes = new UnpackedStream(stream, path);
            var reader = new NpyReader(bytes, path, $"{entry.FullName}: ");
            var array = reader.Read(name);
            // The platform does not compare it.
            return reader.Checksum == entry.Crc32 ? array : throw new DataFileException(path, $"{entry.FullName}: its checksum is another, so its bytes are damaged. {DataFile.Again}");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or NotSupportedException or OverflowException or EndOfStreamException)
        {
            throw Damaged(path, e);
        }
    }

    private static DataFileException Damaged(string path, Exception e) => new(path, $"it is no zip archive, or is damaged or cut short ({e.Message}). {DataFile.Again}", e);
}
