using System.Globalization;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>What a notebook's process is told through environment variables.</summary>
internal static class NotebookEnvironment
{
    private const string Threads = "OMP_NUM_THREADS";
    private const string Data = "ATTENTION_DATA";

    /// <summary>
    /// Has methods hold their arguments until they end. TorchSharp 0.107 takes the handle of a number, holds the number no more, and calls libtorch: a garbage collection that another
    /// thread needs then frees what libtorch is about to read (“Unknown scalar type”, or an assertion in Scalar.h). Only optimised methods let go early; the time goes into libtorch, which this leaves alone.
    /// </summary>
    public static KeyValuePair<string, string?> HeldArguments { get; } = new("DOTNET_JITMinOpts", "1");

    public static void Prepare(IDictionary<string, string?> environment, RunSettings settings)
    {
        environment["ATTENTION_PROFILE"] = settings.Profile;
        environment["ATTENTION_SEED"] = settings.Seed.ToString(CultureInfo.InvariantCulture);
        environment[RunDevice.Variable] = settings.Device;
        environment.TryAdd(HeldArguments.Key, HeldArguments.Value);
        // The notebook runs in its own folder; a relative path was meant from here.
        if (environment.TryGetValue(Data, out string? root) && !string.IsNullOrEmpty(root))
            environment[Data] = Path.GetFullPath(root);
        // Each process would take all cores for itself, and OpenMP on busy cores is up to ten times slower.
        if (settings.Jobs > 1 && !environment.ContainsKey(Threads))
            environment[Threads] = Math.Max(1, Environment.ProcessorCount / settings.Jobs).ToString(CultureInfo.InvariantCulture);
    }
}
