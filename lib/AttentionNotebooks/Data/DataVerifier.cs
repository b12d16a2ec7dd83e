using System.Security.Cryptography;
using System.Text;

namespace AttentionNotebooks;

/// <summary>Compares what lies in the data root with the manifest. It changes nothing.</summary>
/// <param name="root">Where data lie.</param>
public sealed class DataVerifier(DataRoot root)
{
    /// <summary>Checks every file of a set: its size, and if that is right its checksum. A folder that serves instead of the files is checked where they are missing.</summary>
    /// <param name="set">The set.</param>
    public DataSetCheck Check(DataSetEntry set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Unpacked is { } folder && Directory.Exists(root.Of(folder.Path)) && !set.Files.Any(file => Path.Exists(root.Of(file.Path)))
            ? new(set, [CheckFolder(root.Of(folder.Path), folder)])
            : new(set, [.. set.Files.Select(file => CheckFile(root.Of(file.Path), file.Size, file.Sha256))]);
    }

    internal static DataCheck CheckFile(string path, long size, string sha256)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return Directory.Exists(path) ? new(path, DataState.Unreadable, "it is a folder") : new(path, DataState.Missing, "it is not there");
        if (file.Length != size) return new(path, DataState.OtherSize, $"it has {file.Length} bytes, expected {size}");
        return Guarded(path, () =>
        {
            var found = Sha256(path);
            return found == sha256 ? new(path, DataState.Ok, "") : new(path, DataState.OtherChecksum, $"its SHA-256 is {found}, expected {sha256}");
        });
    }

    internal static DataCheck CheckFolder(string path, DataFolderEntry expected)
    {
        if (!Directory.Exists(path)) return new(path, DataState.Missing, "it is not there");
        return Guarded(path, () =>
        {
            var files = new DirectoryInfo(path).GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).ToArray();
            var size = files.Sum(file => file.Length);
            if (files.Length != expected.Files || size != expected.Size)
                return new(path, DataState.OtherSize, $"it has {files.Length} files of {size} bytes, expected {expected.Files} of {expected.Size}");
            var list = string.Concat(files.Select(file => $"{Sha256(file.FullName)}  {file.Name}\n"));
            var found = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
            return found == expected.Sha256 ? new(path, DataState.Ok, "") : new(path, DataState.OtherChecksum, $"the SHA-256 of its list is {found}, expected {expected.Sha256}");
        });
    }

    private static DataCheck Guarded(string path, Func<DataCheck> check)
    {
        try
        {
            return check();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(path, DataState.Unreadable, $"it cannot be read ({e.Message})");
        }
    }

    private static string Sha256(string path) => new FileInfo(path).Length == 0
        ? Hex(SHA256.HashData([]))
        : DataFile.Read(path, file => Hex(SHA256.HashData(file)));

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
