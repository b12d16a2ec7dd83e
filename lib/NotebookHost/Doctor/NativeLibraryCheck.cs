using System.Globalization;
using AttentionNotebooks;
using TorchSharp;

namespace NotebookHost;

/// <summary>libtorch: does it load, as it is or patched, and does it compute?</summary>
internal sealed class NativeLibraryCheck : ICheck
{
    private const float Right = (24 * 24) + (28 * 28) + (32 * 32) + (36 * 36);

    public string Subject => "native library";

    public Task<CheckResult> RunAsync(CancellationToken cancellation) => Task.FromResult(Result());

    private static CheckResult Result()
    {
        try
        {
            NativeTorch.EnsureLoaded();
        }
        catch (NativeLibraryException exception)
        {
            return CheckResult.Missing("libtorch does not load, and nothing can be computed.", exception.Message);
        }

        string loaded = string.Create(CultureInfo.InvariantCulture, $"libtorch {torch.__version__} loads");
        if (Sum() is not Right and var wrong)
            return CheckResult.Missing(string.Create(CultureInfo.InvariantCulture, $"{loaded}, and computes {wrong} where {Right} is right."), "Build again on this machine (dotnet build -c Release); report the processor if that does not help.");
        return CheckResult.Ok(NativeTorch.PatchedBridge is { } copy
            ? $"{loaded} and computes right, through the fallback for an older C++ runtime: {copy}."
            : $"{loaded} and computes right.");
    }

    // Σᵢⱼ (AAᵀ)ᵢⱼ = Σₖ (Σᵢ aᵢₖ)², whose columns sum to 24, 28, 32 and 36.
    private static float Sum()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor a = torch.arange(16, torch.float32).reshape(4, 4);
        return a.mm(a.t()).sum().item<float>();
    }
}
