using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>The packages that the host was built with, from its own <c>.deps.json</c>.</summary>
internal sealed class PackageList
{
    private readonly Dictionary<string, (string Version, JsonObject Entry)> _packages = new(StringComparer.OrdinalIgnoreCase);

    public PackageList(string dependencyFile)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(dependencyFile))!;
        string target = root["runtimeTarget"]!["name"]!.GetValue<string>();
        foreach ((string key, JsonNode? entry) in root["targets"]![target]!.AsObject())
        {
            string[] parts = key.Split('/');
            if (string.Equals(root["libraries"]?[key]?["type"]?.GetValue<string>(), "package", StringComparison.Ordinal))
                _packages[parts[0]] = (parts[1], entry!.AsObject());
        }
    }

    public static PackageList OfHost() => new(Path.ChangeExtension(typeof(PackageList).Assembly.Location, ".deps.json"));

    public string? VersionOf(string package) => _packages.TryGetValue(package, out (string Version, JsonObject Entry) found) ? found.Version : null;

    /// <summary>The simple names of the assemblies of a package, and then of all it depends on.</summary>
    public IReadOnlyList<string> AssembliesOf(string package)
    {
        var names = new List<string>();
        Collect(package, names, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        return names;
    }

    private void Collect(string package, List<string> names, HashSet<string> visited)
    {
        if (!visited.Add(package) || !_packages.TryGetValue(package, out (string Version, JsonObject Entry) found))
            return;
        foreach ((string file, _) in found.Entry["runtime"]?.AsObject() ?? [])
            names.Add(Path.GetFileNameWithoutExtension(file));
        foreach ((string dependency, _) in found.Entry["dependencies"]?.AsObject() ?? [])
            Collect(dependency, names, visited);
    }
}
