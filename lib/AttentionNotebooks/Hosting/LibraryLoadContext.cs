using System.Reflection;
using System.Runtime.Loader;
using Plotly.NET.CSharp;

namespace AttentionNotebooks;

/// <summary>
/// Serves what a notebook needs from the library's own folder, so that one <c>#r</c> of the library is the only directive in it.
/// </summary>
/// <remarks>
/// Asked only where the host has no such assembly, or an older one. The assemblies go into a context of their own, together: a Plotly.NET
/// there and a Giraffe.ViewEngine on a host's older FSharp.Core could not talk to each other.
/// </remarks>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
    private readonly string folder;

    internal LibraryLoadContext(string folder)
        : base("AttentionNotebooks")
    {
        this.folder = folder;
    }

    /// <summary>The folder this library was loaded from; empty where it was loaded from memory.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(typeof(LibraryLoadContext).Assembly.Location) ?? "";

    /// <summary>What a cell may name without a directive: Roslyn follows the references in this library's metadata, and these put them there.</summary>
    public static IReadOnlyList<Type> NamedByCells => [typeof(torch), typeof(Chart)];

    public static void Register()
    {
        var context = new LibraryLoadContext(Folder);
        Default.Resolving += (_, name) => context.Resolve(name);
    }

    /// <summary>The assembly from the library's folder, or null where it has none so new.</summary>
    internal Assembly? Resolve(AssemblyName name)
    {
        // A script host may hold this library in a context of its own and ask again: a second copy would have statics of its own.
        var self = typeof(LibraryLoadContext).Assembly;
        if (string.Equals(name.Name, self.GetName().Name, StringComparison.Ordinal))
            return self;
        if (Find(name) is not { } file)
            return null;
        return Array.Find(AppDomain.CurrentDomain.GetAssemblies(), loaded => string.Equals(LocationOf(loaded), file, StringComparison.Ordinal))
            ?? LoadFromAssemblyPath(file);
    }

    // The default context first, but for nothing older than ours: what it cannot satisfy comes back through Resolve.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Find(assemblyName) is { } file ? Default.LoadFromAssemblyName(AssemblyName.GetAssemblyName(file)) : null;

    private static string? LocationOf(Assembly assembly) => assembly.IsDynamic ? null : assembly.Location;

    private string? Find(AssemblyName name)
    {
        var file = Path.Combine(folder, name.Name + ".dll");
        var isThere = folder.Length > 0 && string.IsNullOrEmpty(name.CultureName) && File.Exists(file);
        return isThere && (name.Version is null || AssemblyName.GetAssemblyName(file).Version >= name.Version) ? file : null;
    }
}
