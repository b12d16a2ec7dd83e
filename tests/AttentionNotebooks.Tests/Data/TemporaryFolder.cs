namespace AttentionNotebooks;

internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() : this(Directory.CreateTempSubdirectory("attention-tests-").FullName)
    {
    }

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>In memory where the system has a place for that: for tests that write tens of thousands of files.</summary>
    public static TemporaryFolder InMemory()
    {
        const string Memory = "/dev/shm";
        return Directory.Exists(Memory) ? new(Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"attention-tests-{Guid.NewGuid():N}")).FullName) : new();
    }

    public string File(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
