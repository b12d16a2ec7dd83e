namespace AttentionNotebooks;

/// <summary>NVIDIA's GPUs, for which TorchSharp has packages of their own: the library is built for them, or it is not.</summary>
public static class Cuda
{
    /// <summary>How to build the library for CUDA.</summary>
    public const string Build = "dotnet build -c Release -p:TorchBackend=cuda";

    /// <summary>Whether the native libraries of CUDA are in this build.</summary>
    public static bool IsInBuild => NativePlatform.CurrentOrNull?.Cuda is { } library && NativeTorch.Has(library);

    /// <summary>Whether there is a GPU, with its driver, that this build can use.</summary>
    /// <exception cref="NativeLibraryException">It is in this build, and does not load.</exception>
    public static bool IsAvailable
    {
        get
        {
            // Asked for CUDA, a build without it looks for the package and copies natives about.
            if (!IsInBuild)
                return false;
            NativeTorch.EnsureLoaded();
            return torch.cuda.is_available();
        }
    }
}
