namespace AttentionNotebooks;

/// <summary>What every reader owes: an exception of ours that names the file, whatever the file holds.</summary>
internal static class BadFiles
{
    /// <summary>Requires the error to name the file and to say some words.</summary>
    public static void Fails(Action read, string path, params string[] says)
    {
        var error = Assert.Throws<DataFileException>(read);
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.All(says, words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
    }

    /// <summary>Cuts a file short at every so many bytes; every such file must fail, or be one that is allowed.</summary>
    public static void FailsCutShort(TemporaryFolder folder, string name, byte[] whole, Action<string> read, int step = 1, Func<int, bool>? allowed = null)
    {
        for (var length = 0; length < whole.Length; length += step)
        {
            var path = folder.File(name, whole[..length]);
            if (allowed?.Invoke(length) == true) continue;
            var error = Assert.Throws<DataFileException>(() => read(path));
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        }
    }
}
