using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AttentionNotebooks;

internal static class LibraryFirst
{
    /// <summary>The library sets up the loading of libtorch before its own first use; a test may use TorchSharp before that.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "A test assembly has no entry point of its own.")]
    internal static void Load() => RuntimeHelpers.RunModuleConstructor(typeof(Attention).Module.ModuleHandle);
}
