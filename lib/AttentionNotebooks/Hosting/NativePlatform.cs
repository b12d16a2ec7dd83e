using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>A platform that the package TorchSharp-cpu has native libraries for.</summary>
/// <param name="Rid">.NET's name of it.</param>
/// <param name="Bridge">The library that TorchSharp calls.</param>
/// <param name="Torch">What the bridge needs of libtorch, in the order of loading.</param>
/// <param name="Cuda">The library that is there in a build for CUDA only; null where there are none.</param>
/// <param name="Remedy">What to do where the files are there and do not load.</param>
internal sealed record NativePlatform(string Rid, string Bridge, IReadOnlyList<string> Torch, string? Cuda, string Remedy)
{
    private static readonly NativePlatform[] Supported =
    [
        new(
            "linux-x64",
            "libLibTorchSharp.so",
            ["libc10.so", "libtorch_cpu.so", "libtorch.so"],
            "libtorch_cuda.so",
            "TorchSharp needs glibc 2.34 and the libstdc++ of GCC 12 or newer: Debian 12, Ubuntu 22.04, Fedora 36 or later. "
            + "On an older system install the libstdc++ of GCC 13 (package libstdc++6 of a newer release, or libstdcxx-ng from "
            + "conda-forge) and put its folder into LD_LIBRARY_PATH; musl (Alpine) is not supported."),
        new(
            "osx-arm64",
            "libLibTorchSharp.dylib",
            ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"],
            null,
            "TorchSharp needs a Mac with an Apple processor and a .NET of the same architecture (arm64)."),
        new(
            "win-x64",
            "LibTorchSharp.dll",
            ["c10.dll", "torch_cpu.dll", "torch.dll"],
            "torch_cuda.dll",
            "Install the Microsoft Visual C++ Redistributable 2015-2022 (x64)."),
    ];

    /// <summary>The platform of this process.</summary>
    /// <exception cref="NativeLibraryException">The package has nothing for it.</exception>
    public static NativePlatform Current => Of(CurrentRid);

    /// <summary>The platform of this process; null where the package has nothing for it.</summary>
    public static NativePlatform? CurrentOrNull => Array.Find(Supported, platform => string.Equals(platform.Rid, CurrentRid, StringComparison.Ordinal));

    private static string CurrentRid
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unknown";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    internal static NativePlatform Of(string rid) =>
        Array.Find(Supported, platform => string.Equals(platform.Rid, rid, StringComparison.Ordinal))
        ?? throw new NativeLibraryException(
            $"TorchSharp has no native libraries for {rid}: the package TorchSharp-cpu 0.107.0 supports "
            + $"{string.Join(", ", Supported.Select(platform => platform.Rid))}. Use one of these, or a container or Codespace of linux-x64.");
}
