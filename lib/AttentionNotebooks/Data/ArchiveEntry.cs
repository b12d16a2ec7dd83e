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
        var parts = name.Split('/');
        if (name.Length == 0 || name[0] == '/' || name.AsSpan().IndexOfAny('\\', ':', '\0') >= 0 || Array.Exists(parts, part => part == ".."))
            throw new DataFileException(archive, $"entry “{name}” points outside the folder it is unpacked to. The archive is not to be trusted: delete it.");

        return string.Join('/', parts.Where(part => part is not ("" or ".")));
    }
}
