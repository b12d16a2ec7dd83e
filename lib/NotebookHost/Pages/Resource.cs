using System.Text.RegularExpressions;

namespace NotebookHost;

/// <summary>The templates and styles that travel inside the assembly.</summary>
internal static partial class Resource
{
    public static string Read(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}. Build the project again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Fills <c>{{name}}</c>, once: what a value holds is never read as a template.</summary>
    public static string Fill(string name, IReadOnlyDictionary<string, string> values) =>
        PlacePattern().Replace(Read(name), place => values[place.Groups["name"].Value]);

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlacePattern();
}
