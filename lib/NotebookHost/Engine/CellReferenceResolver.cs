using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace NotebookHost;

/// <summary>Resolves <c>#r</c>: a path relative to the notebook, or a package that the host was built with.</summary>
internal sealed class CellReferenceResolver(string folder, HostAssemblies assemblies, PackageList packages) : MetadataReferenceResolver
{
    private const string PackagePrefix = "nuget:";
    private const string HostAlias = "host";

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        if (reference.StartsWith(PackagePrefix, StringComparison.OrdinalIgnoreCase))
            return [assemblies.Reference(PackageAssembly(reference), properties)];
        return [assemblies.Reference(PathOf(reference), properties)];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        string? path = assemblies.PathOf(referenceIdentity.Name) ?? Beside(definition, referenceIdentity.Name);
        if (path is null)
            return null;

        // What the host needs for itself is no business of a cell, which must run in other hosts too. It is resolved all the same, under
        // another alias than the global one: left open, it would make the compiler see the host's types anew once a directive fills the gap.
        MetadataReferenceProperties properties = definition.Properties;
        return assemblies.Reference(path, IsHost(definition) ? properties.WithAliases([HostAlias]) : properties);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private string PathOf(string reference)
    {
        if (assemblies.PathOf(Path.GetFileNameWithoutExtension(reference)) is { } own)
            return own;
        if (assemblies.PathOf(reference) is { } named)
            return named;

        string path = Path.GetFullPath(reference, folder);
        if (!File.Exists(path))
            throw new ReferenceException($"#r \"{reference}\": there is no file {path}. A path is relative to the notebook's folder; build the project that makes the file first.");
        if (!IsAssembly(path))
            throw new ReferenceException($"#r \"{reference}\": {path} is not a .NET assembly.");
        return path;
    }

    private string PackageAssembly(string reference)
    {
        string[] parts = reference[PackagePrefix.Length..].Split(',', StringSplitOptions.TrimEntries);
        (string name, string? version) = (parts[0], parts.Length > 1 ? parts[1] : null);
        string known = packages.VersionOf(name)
            ?? throw new ReferenceException($"#r \"{reference}\": this host was not built with the package {name}, and it restores none while a notebook runs. Add it to lib/AttentionNotebooks/AttentionNotebooks.csproj, or run the notebook where packages are restored (VS Code).");
        if (version is not (null or "" or "*") && !string.Equals(version, known, StringComparison.OrdinalIgnoreCase))
            throw new ReferenceException($"#r \"{reference}\": this host was built with {name} {known}. Ask for that version, or change it in Directory.Packages.props and build again.");
        // One is all that a directive may give; the compiler asks for what that one needs by itself.
        return packages.AssembliesOf(name).Select(assemblies.PathOf).FirstOrDefault(path => path is not null)
            ?? throw new ReferenceException($"#r \"{reference}\": the package {name} holds no assembly to refer to.");
    }

    private static bool IsHost(MetadataReference reference) =>
        reference is PortableExecutableReference { FilePath: { } file } && string.Equals(file, typeof(CellReferenceResolver).Assembly.Location, StringComparison.Ordinal);

    private static string? Beside(MetadataReference definition, string name)
    {
        if (definition is not PortableExecutableReference { FilePath: { } origin })
            return null;
        string path = Path.Combine(Path.GetDirectoryName(origin)!, name + ".dll");
        return File.Exists(path) ? path : null;
    }

    private static bool IsAssembly(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            return image.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
