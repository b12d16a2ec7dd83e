namespace AttentionNotebooks;

/// <summary>
/// Lets a library that was compiled with GCC 13 load beside the C++ runtime of GCC 12 (Debian 12, Ubuntu 22.04), where the iostream
/// initialiser is all it needs of the newer one.
/// </summary>
/// <remarks>
/// The headers of GCC 13 call <c>std::ios_base_library_init()</c>, those of GCC 12 construct an <c>std::ios_base::Init</c>, for the same
/// purpose; that constructor ignores its argument, so one may be called in place of the other.
/// </remarks>
internal static class IostreamInitialiserPatch
{
    internal const string NewerInitialiser = "_ZSt21ios_base_library_initv";
    internal const string OlderInitialiser = "_ZNSt8ios_base4InitC1Ev";
    internal const string NewerVersion = "GLIBCXX_3.4.32";
    internal const ushort AnyVersion = 1; // VER_NDX_GLOBAL
    internal const ushort Weak = 2;       // VER_FLG_WEAK: the loader warns instead of refusing where the version is missing

    /// <summary>A patched copy of the file's bytes.</summary>
    /// <param name="original">The whole file; left as it is.</param>
    /// <param name="file">How errors call it.</param>
    /// <exception cref="NativeLibraryException">The file is broken, or needs something else of that version, or nothing at all.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> original, string file)
    {
        var patched = original.ToArray();
        var elf = new ElfImage(patched, file);
        var version = elf.FindNeededVersion(NewerVersion)
            ?? throw new NativeLibraryException($"{file} does not need {NewerVersion}: the patch for older C++ runtimes is not for this file.");
        var initialiser = OnlySymbolOf(version, elf, file);

        elf.RenameSymbol(initialiser, OlderInitialiser);
        elf.SetSymbolVersion(initialiser, AnyVersion);
        elf.SetFlags(version, (ushort)(version.Flags | Weak));
        return patched;
    }

    private static int OnlySymbolOf(ElfImage.NeededVersion version, ElfImage elf, string file)
    {
        var users = Enumerable.Range(0, elf.SymbolCount).Where(symbol => elf.SymbolVersion(symbol) == version.Index).ToList();
        if (users is [var only] && elf.IsUndefined(only) && elf.SymbolName(only) is NewerInitialiser)
            return only;
        var found = users.Count == 0 ? "nothing" : string.Join(", ", users.Select(elf.SymbolName));
        throw new NativeLibraryException(
            $"{file} was expected to need {NewerInitialiser} and nothing else of {NewerVersion}, but needs {found}. "
            + "Install the libstdc++ of GCC 13 or newer.");
    }
}
