using AttentionNotebooks;

namespace NotebookHost;

/// <summary>Is there a GPU that this build can use? Nothing needs one.</summary>
/// <param name="inBuild">Whether this build has the native libraries of CUDA.</param>
/// <param name="isAvailable">Whether it can use a GPU of this machine.</param>
internal sealed class GpuCheck(bool inBuild, Func<bool> isAvailable) : ICheck
{
    public string Subject => "GPU";

    public async Task<CheckResult> RunAsync(CancellationToken cancellation)
    {
        ProgramAnswer cards = await ExternalProgram.AskAsync("nvidia-smi", null, cancellation, "-L");
        string? card = cards is { Succeeded: true, Output.Length: > 0 } ? cards.Output.Split('\n')[0].Split(" (UUID")[0] : null;
        try
        {
            return Judge(card);
        }
        catch (NativeLibraryException exception)
        {
            return CheckResult.Warning("not known: the native library does not load.", exception.Message);
        }
    }

    private CheckResult Judge(string? card) => (inBuild, card) switch
    {
        (false, null) => CheckResult.Ok("none needed and none found; this build has the package TorchSharp-cpu."),
        (false, _) => CheckResult.Warning($"{card} is here; this build has the package TorchSharp-cpu and leaves it alone.", $"To use it: {Cuda.Build}, then --device cuda"),
        _ when isAvailable() => CheckResult.Ok($"{card ?? "CUDA"} is ready; this build has TorchSharp's package for CUDA, and --device auto takes it."),
        (_, null) => CheckResult.Warning("this build has TorchSharp's package for CUDA, and there is no GPU: everything runs on the processor.", "Install NVIDIA's driver, or build without -p:TorchBackend=cuda"),
        _ => CheckResult.Warning($"{card} is here, and libtorch cannot use it: everything runs on the processor.", "Update NVIDIA's driver to one for CUDA 12.8 or later (nvidia-smi tells which it is for)"),
    };
}
