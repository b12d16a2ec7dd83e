using System.Buffers.Binary;
using System.IO.Compression;

namespace AttentionNotebooks;

/// <summary>Opens data files, so that whatever goes wrong is a <see cref="DataFileException"/> that names the file.</summary>
internal static class DataFile
{
    /// <summary>What to do about a damaged file.</summary>
    public const string Again = "Delete it and get it again.";

    /// <summary>Reads a file that is not empty.</summary>
    /// <exception cref="DataFileException">The file is missing, empty, or cannot be read, or the reader says so.</exception>
    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length == 0) throw new DataFileException(path, $"the file is empty. {Again}");
            return read(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file. Check its name, or get it again.", e);
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(path, $"the compression is damaged or cut short ({e.Message}). {Again}", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not DataFileException)
        {
            throw new DataFileException(path, $"the file cannot be read ({e.Message}). Check that it is a file and that you may read it.", e);
        }
    }

    /// <summary>Reads a file, unpacked first where its first bytes say gzip. What the reader leaves is read and thrown away, so that the end is checked.</summary>
    /// <exception cref="DataFileException">As above; or the compression is damaged, cut short, or unpacks to more than <see cref="UnpackedStream.Limit"/>.</exception>
    public static T ReadUnpacked<T>(string path, Func<Stream, T> read) => Read(path, file =>
    {
        if (!IsGzip(file)) return read(file);

        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var unpacked = new UnpackedStream(gzip, path);
        var result = read(unpacked);
        unpacked.Drain();
        CheckEndOfGzip(file, path, unpacked.Count);
        return result;
    });

    /// <summary>The first of several names that is there.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="folder">The folder of the set.</param>
    /// <param name="set">What the set is called.</param>
    /// <param name="names">The file's names, the likeliest first.</param>
    /// <exception cref="DataFileException">None is there.</exception>
    public static string Locate(DataRoot root, string folder, string set, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(root);
        return names.Select(name => root.Of(folder, name)).FirstOrDefault(Path.Exists) ?? throw new DataFileException(
            root.Of(folder),
            $"{set} needs {string.Join(" or ", names)}, and it is not there. Put it into this folder, get it with `attention data fetch {folder}`, or set {DataRoot.Variable} to the folder that holds {folder}/.");
    }

    private static bool IsGzip(FileStream file)
    {
        var gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return gzip;
    }

    // The platform takes a file that ends before its checksum for whole. The last four bytes are the length (RFC 1952, 2.3.1).
    private static void CheckEndOfGzip(FileStream file, string path, long length)
    {
        var end = new byte[4];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)length)
            throw new DataFileException(path, $"the gzip compression is cut short at its end, or something follows it. {Again}");
    }
}
