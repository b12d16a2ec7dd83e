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

    /// <summary>Damages a file in many ways, each from its number; nothing but our exception may come out, and some files must fail.</summary>
    public static void NeverAnythingElse(TemporaryFolder folder, string name, byte[] whole, Action<string> read, int count = 10_000)
    {
        var refused = 0;
        var path = folder.File(name, whole);
        for (var i = 0; i < count; i++)
        {
            Overwrite(path, Damage(whole, new(7, 7, (ulong)i)));
            try
            {
                read(path);
            }
            catch (DataFileException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Damaged file {i} of {name} threw {e.GetType().Name}.", e);
            }
        }

        Assert.InRange(refused, count / 20, count);
    }

    // Some file systems write a file to disk at once that was emptied and written anew.
    private static void Overwrite(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        file.SetLength(bytes.Length);
    }

    private static byte[] Damage(byte[] whole, SplitMix64 random)
    {
        var bytes = whole.ToList();
        for (var times = 1 + random.Below(3); times > 0; times--)
        {
            // Headers are short and matter most.
            var at = random.Below(2) == 0 ? random.Below(Math.Min(64, bytes.Count)) : random.Below(bytes.Count);
            switch (random.Below(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Below(8)); break;
                case 1: bytes[at] = (byte)random.Below(256); break;
                case 2: bytes[at] = random.Below(2) == 0 ? (byte)0 : (byte)255; break;
                case 3: bytes.Insert(at, (byte)random.Below(256)); break;
                case 4: bytes.RemoveAt(at); break;
                default: bytes.RemoveRange(at, random.Below(bytes.Count - at + 1)); break;
            }

            if (bytes.Count == 0) break;
        }

        return [.. bytes];
    }
}
