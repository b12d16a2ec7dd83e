using System.IO.Compression;

namespace AttentionNotebooks;

/// <summary>Writes zip archives, right and wrong.</summary>
internal static class ZipArchives
{
    private const int SymbolicLink = 0xA1FF;

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => Write(entries, attributes: 0);

    /// <summary>An archive with one symbolic link.</summary>
    public static byte[] Link(string name, byte[] target) => Write([(name, target)], SymbolicLink << 16);

    private static byte[] Write((string Name, byte[] Bytes)[] entries, int attributes)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }
}
