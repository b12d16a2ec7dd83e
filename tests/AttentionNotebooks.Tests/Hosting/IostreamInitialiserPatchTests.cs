namespace AttentionNotebooks.Tests;

public sealed class IostreamInitialiserPatchTests : NativeBridge
{
    private const string Newer = "_ZSt21ios_base_library_initv";
    private const string Older = "_ZNSt8ios_base4InitC1Ev";
    private const string NewerVersion = "GLIBCXX_3.4.32";

    [SkippableFact]
    public void The_shipped_library_needs_the_newer_initialiser()
    {
        var shipped = new LoadedElf(OriginalBytes());

        Assert.Equal([(Newer, NewerVersion)], shipped.Imports().Where(import => import.Version is NewerVersion));
        Assert.Contains(shipped.Needs(), need => need.Name is NewerVersion && !need.Weak);
    }

    [SkippableFact]
    public void The_patched_library_needs_the_older_initialiser_of_any_version()
    {
        var patched = new LoadedElf(IostreamInitialiserPatch.Apply(OriginalBytes(), Original));

        Assert.Contains((Older, null), patched.Imports());
        Assert.DoesNotContain(patched.Imports(), import => import.Name is Newer || import.Version is NewerVersion);
        Assert.True(patched.Needs().Single(need => need.Name is NewerVersion).Weak);
    }

    [SkippableFact]
    public void Nothing_else_changes()
    {
        var original = OriginalBytes();
        var before = original.ToArray();
        var patched = IostreamInitialiserPatch.Apply(original, Original);

        Assert.Equal(before, original);
        Assert.Equal(original.Length, patched.Length);
        // The name's slot, one version index of two bytes, one field of flags of two bytes.
        var changed = original.Zip(patched).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 3, Newer.Length + 4);
        var (was, now) = (new LoadedElf(original), new LoadedElf(patched));
        Assert.Equal(was.Imports().Where(import => import.Name is not Newer), now.Imports().Where(import => import.Name is not Older));
        Assert.Equal(was.Needs().Where(need => need.Name is not NewerVersion), now.Needs().Where(need => need.Name is not NewerVersion));
    }

    [SkippableFact]
    public void A_patched_library_is_not_patched_again()
    {
        var patched = IostreamInitialiserPatch.Apply(OriginalBytes(), Original);

        var error = Assert.Throws<NativeLibraryException>(() => IostreamInitialiserPatch.Apply(patched, "twice.so"));
        Assert.Contains("twice.so", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Newer} and nothing else of {NewerVersion}, but needs nothing", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Another_symbol_of_the_newer_version_is_named()
    {
        var bytes = OriginalBytes();
        var elf = new ElfImage(bytes, Original);
        var other = Enumerable.Range(1, elf.SymbolCount - 1).First(symbol => elf.IsUndefined(symbol) && elf.SymbolName(symbol) is not Newer);
        elf.SetSymbolVersion(other, elf.FindNeededVersion(NewerVersion)!.Index);

        var error = Assert.Throws<NativeLibraryException>(() => IostreamInitialiserPatch.Apply(bytes, Original));
        Assert.Contains(elf.SymbolName(other), error.Message, StringComparison.Ordinal);
        Assert.Contains("GCC 13", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_library_that_does_not_need_the_newer_version_is_refused()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        var libtorch = Path.Combine(AppContext.BaseDirectory, "libc10.so");

        var error = Assert.Throws<NativeLibraryException>(() => IostreamInitialiserPatch.Apply(File.ReadAllBytes(libtorch), libtorch));
        Assert.Contains($"{libtorch} does not need {NewerVersion}", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(200_000)]
    [InlineData(2_000_000)]
    [InlineData(-1)]
    public void A_truncated_library_is_named_with_its_size(int length)
    {
        var original = OriginalBytes();
        var truncated = original[..(length < 0 ? original.Length + length : length)];

        var error = Assert.Throws<NativeLibraryException>(() => IostreamInitialiserPatch.Apply(truncated, "short.so"));
        Assert.StartsWith($"short.so is truncated: it has {truncated.Length} bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u007fELF")]
    [InlineData("<!DOCTYPE html><html><body>This page is longer than the header of an ELF file.</body></html>")]
    public void A_file_of_another_kind_is_named(string content)
    {
        var error = Assert.Throws<NativeLibraryException>(
            () => IostreamInitialiserPatch.Apply(System.Text.Encoding.ASCII.GetBytes(content), "page.so"));
        Assert.StartsWith("page.so is not an ELF file", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_library_of_another_processor_is_refused()
    {
        var bytes = OriginalBytes();
        bytes[18] = 183; // EM_AARCH64

        var error = Assert.Throws<NativeLibraryException>(() => IostreamInitialiserPatch.Apply(bytes, "arm.so"));
        Assert.StartsWith("arm.so is not a 64-bit x86 shared library", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Damaged_tables_give_an_error_of_ours_or_none()
    {
        var original = OriginalBytes();
        var random = new Random(1);
        var sections = (int)BitConverter.ToInt64(original, 40);
        var refused = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            var damaged = original.ToArray();
            // Byte 40 to 63 say where the section headers are; seven headers hold the tables.
            var place = trial % 2 == 0 ? random.Next(40, 64) : sections + random.Next(7 * 64);
            damaged[place] = (byte)random.Next(256);
            refused += Record.Exception(() => IostreamInitialiserPatch.Apply(damaged, "damaged.so")) switch
            {
                null => 0,
                NativeLibraryException => 1,
                var other => throw new InvalidOperationException($"Byte {place} set to {damaged[place]}.", other),
            };
        }

        Assert.InRange(refused, 20, 200);
    }
}
