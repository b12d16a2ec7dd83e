using System.Security.Cryptography;

namespace AttentionNotebooks;

/// <summary>Keeps the patched copy of a native library in the user's cache. The original may be linked to the package cache and is never touched.</summary>
internal static class PatchedCopy
{
    /// <summary><c>XDG_CACHE_HOME</c>, else <c>~/.cache</c>, as the XDG base directory specification has it.</summary>
    public static string DefaultCache
    {
        get
        {
            var configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var root = Path.IsPathFullyQualified(configured ?? "")
                ? configured!
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(root, "attention-notebooks", "native");
        }
    }

    /// <summary>The path of a patched copy of the library, written now where it is missing or damaged.</summary>
    /// <param name="original">The library to copy.</param>
    /// <param name="cache">The folder that holds the copies, one folder for each original's SHA-256.</param>
    /// <exception cref="NativeLibraryException">The original cannot be patched, or the cache cannot be written.</exception>
    public static string Of(string original, string cache)
    {
        try
        {
            var bytes = File.ReadAllBytes(original);
            var patched = IostreamInitialiserPatch.Apply(bytes, original);
            var copy = Path.Combine(cache, Convert.ToHexStringLower(SHA256.HashData(bytes)), Path.GetFileName(original));
            if (!Holds(copy, patched))
                WriteAtomically(copy, patched);
            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NativeLibraryException(
                $"A patched copy of {original} could not be kept in {cache}: {e.Message} "
                + "Set XDG_CACHE_HOME to a folder that can be written.", e);
        }
    }

    private static bool Holds(string file, ReadOnlySpan<byte> content) =>
        File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(content);

    // Two processes may come here at once: each writes a file of its own, and either rename leaves a whole one.
    private static void WriteAtomically(string file, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(part, content);
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
