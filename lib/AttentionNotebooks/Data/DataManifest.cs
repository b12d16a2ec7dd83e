using System.Text.Json;
using System.Text.Json.Serialization;

namespace AttentionNotebooks;

/// <summary>All data sets that the series knows: their files with size and checksum, where to get them, their licences and whom to cite.</summary>
/// <param name="Sets">The sets.</param>
public sealed record DataManifest(IReadOnlyList<DataSetEntry> Sets)
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

    private static DataManifest ReadResource()
    {
        using var stream = typeof(DataManifest).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<DataManifest>(stream, Options)!;
    }
}
