namespace AttentionNotebooks.Tests;

/// <summary>The real native bridge of TorchSharp, and a folder of its own for each test.</summary>
public abstract class NativeBridge : IDisposable
{
    protected static string Original => Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");

    protected string Folder { get; } = Directory.CreateTempSubdirectory("attention-tests-").FullName;

    protected static byte[] OriginalBytes()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The patch is for Linux alone, and so is the file.");
        return File.ReadAllBytes(Original);
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
