using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AttentionNotebooks;

/// <summary>
/// Loads the native half of TorchSharp where .NET's own way fails: natives in another folder, or a C++ runtime older than the one
/// TorchSharp was compiled for. Systems where the normal way works never come here.
/// </summary>
public static class NativeTorch
{
    private const string Bridge = "LibTorchSharp";

    private static readonly Lock Gate = new();
    private static nint handle;

    /// <summary>Loads the native libraries now, so that a failure is told in our words and not inside TorchSharp's.</summary>
    /// <exception cref="NativeLibraryException">They cannot be loaded; the message says what is missing and what to do.</exception>
    public static void EnsureLoaded()
    {
        var torchSharp = typeof(torch).Assembly;
        if (!NativeLibrary.TryLoad(Bridge, torchSharp, searchPath: null, out _))
            _ = Resolve(torchSharp, Bridge);
    }

    /// <summary>The patched copy of the bridge that this process runs on; null where the original loads.</summary>
    public static string? PatchedBridge { get; private set; }

    /// <summary>Is a file among the native libraries that this process loads?</summary>
    internal static bool Has(string file) => Folders(typeof(torch).Assembly).Any(folder => File.Exists(Path.Combine(folder, file)));

    /// <summary>Answers for the native bridge in every load context that TorchSharp lives in, now or later.</summary>
    internal static void Register()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Hook(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            Hook(assembly);
    }

    /// <summary>The handle of the native bridge; 0 for every other name, which leaves it to others.</summary>
    internal static nint Resolve(Assembly assembly, string name)
    {
        if (name is not Bridge)
            return 0;
        lock (Gate)
            return handle != 0 ? handle : handle = Load(NativePlatform.Current, Folders(assembly), PatchedCopy.DefaultCache);
    }

    /// <summary>Loads libtorch and then the bridge, or a patched copy of it where the C++ runtime asks for that.</summary>
    internal static nint Load(NativePlatform platform, IReadOnlyList<string> folders, string cache)
    {
        var folder = folders.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, platform.Bridge)))
            ?? throw new NativeLibraryException(
                $"{platform.Bridge} is in none of {string.Join(", ", folders)}. It comes with the package TorchSharp-cpu 0.107.0: "
                + $"build the project again on this machine, for {platform.Rid}.");
        try
        {
            foreach (var library in platform.Torch)
                _ = NativeLibrary.Load(Path.Combine(folder, library));
            return LoadBridge(Path.Combine(folder, platform.Bridge), cache);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException($"The native libraries of TorchSharp in {folder} do not load. {platform.Remedy} The system says: {e.Message}", e);
        }
    }

    private static nint LoadBridge(string bridge, string cache)
    {
        try
        {
            return NativeLibrary.Load(bridge);
        }
        catch (DllNotFoundException e) when (OperatingSystem.IsLinux() && e.Message.Contains(IostreamInitialiserPatch.NewerVersion, StringComparison.Ordinal))
        {
            var copy = PatchedCopy.Of(bridge, cache);
            var loaded = NativeLibrary.Load(copy);
            PatchedBridge = copy;
            return loaded;
        }
    }

    private static void Hook(Assembly assembly)
    {
        if (assembly.GetName().Name is "TorchSharp" && AssemblyLoadContext.GetLoadContext(assembly) is { } context)
            context.ResolvingUnmanagedDll += Resolve;
    }

    // Beside TorchSharp, beside this library, beside the program; each also in the layout of a build without a runtime identifier.
    private static string[] Folders(Assembly torchSharp) =>
        [.. new[] { FolderOf(torchSharp), LibraryLoadContext.Folder, AppContext.BaseDirectory }
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.TrimEndingDirectorySeparator(folder))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(folder => new[] { folder, Path.Combine(folder, "runtimes", NativePlatform.Current.Rid, "native") })];

    private static string FolderOf(Assembly assembly) => Path.GetDirectoryName(assembly.Location) ?? "";
}
