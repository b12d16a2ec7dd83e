namespace AttentionNotebooks;

/// <summary>
/// The device that this process trains on: the one place that says which. Everything else follows the tensors it is given.
/// </summary>
public static class RunDevice
{
    /// <summary>The environment variable that says <c>auto</c>, <c>cpu</c> or <c>cuda</c>; not set is <c>auto</c>.</summary>
    public const string Variable = "ATTENTION_DEVICE";

    /// <summary>What the variable may say.</summary>
    public static IReadOnlyList<string> Choices { get; } = [Auto, "cpu", "cuda"];

    /// <summary>The first GPU where this build can use one, else the processor.</summary>
    public const string Auto = "auto";

    /// <summary>Where a trainer puts its model, unless it is told otherwise: the processor, until <see cref="RunProfile.Begin"/> has read the variable.</summary>
    // Not before it is asked for: the first use of torch loads libtorch, and that is RunProfile's to do, in our words.
    public static torch.Device Current { get => field ??= torch.CPU; internal set; }

    /// <summary>The device of a choice.</summary>
    /// <param name="choice">One of <see cref="Choices"/>; null or empty stand for <c>auto</c>.</param>
    /// <exception cref="FormatException">It is none of them.</exception>
    /// <exception cref="DeviceUnavailableException">It is <c>cuda</c>, and there is no GPU that this build can use; the message says what to do.</exception>
    // torch.CUDA by itself would load CUDA's libraries.
    public static torch.Device Of(string? choice) => Of(choice, Cuda.IsInBuild, () => Cuda.IsAvailable) == DeviceType.CUDA ? torch.CUDA : torch.CPU;

    internal static DeviceType Of(string? choice, bool inBuild, Func<bool> isAvailable) => choice switch
    {
        null or "" or Auto => inBuild && isAvailable() ? DeviceType.CUDA : DeviceType.CPU,
        "cpu" => DeviceType.CPU,
        "cuda" when !inBuild => throw new DeviceUnavailableException($"There is no CUDA in this build. Build it for CUDA: {Cuda.Build}; or take --device cpu."),
        "cuda" when !isAvailable() => throw new DeviceUnavailableException("CUDA is in this build, and finds no GPU. Install or update NVIDIA's driver (nvidia-smi shows what it sees), or take --device cpu."),
        "cuda" => DeviceType.CUDA,
        _ => throw new FormatException($"{Variable} is “{choice}”; it may be {string.Join(", ", Choices)}."),
    };
}
