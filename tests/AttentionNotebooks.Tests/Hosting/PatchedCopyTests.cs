namespace AttentionNotebooks.Tests;

public sealed class PatchedCopyTests : NativeBridge
{
    [SkippableFact]
    public void The_copy_is_patched_and_the_original_is_not()
    {
        var before = OriginalBytes();
        var copy = PatchedCopy.Of(Original, Folder);

        Assert.StartsWith(Folder, copy, StringComparison.Ordinal);
        Assert.Equal(IostreamInitialiserPatch.Apply(before, Original), File.ReadAllBytes(copy));
        Assert.Equal(before, OriginalBytes());
    }

    [SkippableFact]
    public void A_whole_copy_is_kept_and_a_damaged_one_replaced()
    {
        _ = OriginalBytes();
        var copy = PatchedCopy.Of(Original, Folder);
        var content = File.ReadAllBytes(copy);
        var longAgo = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(copy, longAgo);

        Assert.Equal(copy, PatchedCopy.Of(Original, Folder));
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(copy));

        File.WriteAllBytes(copy, content[..1000]);
        Assert.Equal(copy, PatchedCopy.Of(Original, Folder));
        Assert.Equal(content, File.ReadAllBytes(copy));
    }

    [SkippableFact]
    public void Many_at_once_get_one_whole_copy()
    {
        var expected = IostreamInitialiserPatch.Apply(OriginalBytes(), Original);
        using var start = new Barrier(4);
        var threads = new Thread[4];
        var seen = new byte[threads.Length][];
        for (var i = 0; i < threads.Length; i++)
        {
            var mine = i;
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                seen[mine] = File.ReadAllBytes(PatchedCopy.Of(Original, Folder));
            });
            threads[i].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.All(seen, content => Assert.Equal(expected, content));
        Assert.Single(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public void A_cache_that_cannot_be_written_is_named_with_the_remedy()
    {
        _ = OriginalBytes();
        var cache = Path.Combine(Folder, "file");
        File.WriteAllText(cache, "in the way");

        var error = Assert.Throws<NativeLibraryException>(() => PatchedCopy.Of(Original, cache));
        Assert.Contains(cache, error.Message, StringComparison.Ordinal);
        Assert.Contains("XDG_CACHE_HOME", error.Message, StringComparison.Ordinal);
    }
}
