namespace AttentionNotebooks;

/// <summary>What an entry of an archive may be called: something that lies inside the folder it is unpacked to, on every platform.</summary>
internal static class ArchiveEntry
{
    /// <summary>The name, without a leading <c>./</c>.</summary>
    /// <param name="archive">The archive, for the message.</param>
    /// <param name="name">What the entry is called there.</param>
    /// <exception cref="DataFileException">The name is empty, absolute, or points out of the folder.</exception>
    public static string SafeName(string archive, string name)
    {
        return IsSafe(name)
            ? string.Join('/', name.Split('/').Where(part => part is not ("" or ".")))
            : throw new DataFileException(archive, $"entry “{name}” points outside the folder it is unpacked to. The archive is not to be trusted: delete it.");
    }

    /// <summary>Does a name with <c>/</c> between folders stay inside the folder that it is relative to?</summary>
    public static bool IsSafe(string name) =>
        name.Length > 0 && name[0] != '/' && name.AsSpan().IndexOfAny('\\', ':', '\0') < 0 && !Array.Exists(name.Split('/'), part => part == "..");
}
