using System.Formats.Tar;

namespace AttentionNotebooks;

/// <summary>Writes tar archives, right and wrong.</summary>
internal static class TarArchives
{
    public static byte[] Tar(params TarEntry[] entries)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, leaveOpen: true))
        {
            foreach (var entry in entries) writer.WriteEntry(entry);
        }

        return memory.ToArray();
    }

    public static TarEntry File(string name, byte[] bytes) => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) };

    public static TarEntry Link(string name, string target, TarEntryType type = TarEntryType.SymbolicLink) => new PaxTarEntry(type, name) { LinkName = target };
}
