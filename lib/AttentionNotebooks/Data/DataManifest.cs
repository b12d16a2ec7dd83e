using System.Text.Json;
using System.Text.Json.Serialization;

namespace AttentionNotebooks;

/// <summary>All data sets that the series knows: their files with size and checksum, where to get them, their licences and whom to cite.</summary>
/// <param name="Sets">The real sets.</param>
/// <param name="Embedded">Those that the library makes itself.</param>
public sealed record DataManifest(IReadOnlyList<DataSetEntry> Sets, IReadOnlyList<EmbeddedSetEntry> Embedded)
{
    private const string Resource = "data-manifest.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The manifest of the series, <c>data/manifest.json</c>.</summary>
    public static DataManifest Series { get; } = ReadResource();

    /// <summary>The set of a name.</summary>
    /// <param name="name">Its name, which is also its folder in the data root.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public DataSetEntry this[string name] => Sets.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"There is no data set “{name}”; there are {string.Join(", ", Sets.Select(set => set.Name))}.", nameof(name));

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="DataFileException">It is no JSON, lacks a member, has one that is not known, or an address is none.</exception>
    internal static DataManifest Read(Stream json, string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<DataManifest>(json, Options) ?? throw new JsonException("it is null");
            return manifest.Problem() is { } problem ? throw new JsonException(problem) : manifest;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new DataFileException(path, $"it is no manifest: {e.Message.TrimEnd('.')}. Restore it from version control.", e);
        }
    }

    private string? Problem()
    {
        // Annotations speak of members; the elements of a list may still be null.
        if (Sets.Contains(null!) || Embedded.Contains(null!) || Sets.Any(set => set.Files.Contains(null!) || Mirrors(set).Contains(null!))) return "an element of a list is null";
        if (Sets.SelectMany(Mirrors).FirstOrDefault(mirror => !mirror.IsAbsoluteUri || mirror.Scheme is not ("http" or "https")) is { } other) return $"{other} is no address of the web";
        return Sets.SelectMany(set => set.Files.Select(file => file.Path).Append(set.Unpacked?.Path ?? "x")).FirstOrDefault(path => !ArchiveEntry.IsSafe(path)) is { } outside ? $"{outside} points outside the data root" : null;
    }

    private static IEnumerable<Uri> Mirrors(DataSetEntry set) => set.Files.SelectMany(file => file.Mirrors).Concat(set.Archive?.Mirrors ?? []);

    private static DataManifest ReadResource()
    {
        using var stream = typeof(DataManifest).Assembly.GetManifestResourceStream(Resource)!;
        return Read(stream, "data/manifest.json");
    }
}
