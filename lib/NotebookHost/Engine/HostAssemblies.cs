using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace NotebookHost;

/// <summary>
/// The assemblies that this process loads by name: the framework's, the host's and the library's. Whatever path a notebook names,
/// an assembly of one of these names is the host's own, so that no second copy with statics of its own appears.
/// </summary>
internal sealed class HostAssemblies
{
    private static readonly string _frameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths;

    public HostAssemblies()
    {
        string trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        _paths = trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What every cell sees: the framework, and the names that <c>display</c> and its kin live under.</summary>
    public IEnumerable<MetadataReference> Default => _paths.Values
        .Where(path => string.Equals(Path.GetDirectoryName(path), _frameworkFolder, StringComparison.Ordinal))
        .Append(typeof(HostAssemblies).Assembly.Location)
        .Select(path => Reference(path, MetadataReferenceProperties.Assembly));

    public string? PathOf(string simpleName) => _paths.GetValueOrDefault(simpleName);

    public PortableExecutableReference Reference(string path, MetadataReferenceProperties properties) =>
        _references.GetOrAdd(path, static file => MetadataReference.CreateFromFile(file, documentation: DocumentationOf(file))).WithProperties(properties);

    private static XmlDocumentationProvider? DocumentationOf(string path)
    {
        string documentation = Path.ChangeExtension(path, ".xml");
        return File.Exists(documentation) ? XmlDocumentationProvider.CreateFromFile(documentation) : null;
    }
}
