using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AttentionNotebooks;

internal static class ModuleInitialization
{
    /// <summary>Runs before the first use of anything in this library; a notebook has no other place to set up loading.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "A notebook's one #r must be enough: there is no application code to call a set-up method.")]
    internal static void Run()
    {
        LibraryLoadContext.Register();
        NativeTorch.Register();
    }
}
