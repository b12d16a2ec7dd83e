using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>What the outputs of a notebook come from; kept in its metadata, so that outputs of other sources are found out.</summary>
/// <param name="Hash">SHA-256 of all cells' kinds and sources, of the profile and the seed.</param>
/// <param name="Profile"><c>quick</c> or <c>full</c>.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Library">The library's version, for information: it is not compared.</param>
internal sealed record SourceStamp(string Hash, string Profile, int Seed, string Library)
{
    /// <summary>Its name among the notebook's metadata.</summary>
    public const string Key = "attention";

    public static SourceStamp Of(Notebook notebook, string profile, int seed) =>
        new(HashOf(notebook, profile, seed), profile, seed, BuildVersion.Of(typeof(Figure)));

    /// <returns>Null where there is none, or something else of that name.</returns>
    public static SourceStamp? Read(JsonNode? metadata) =>
        metadata?[Key] is JsonObject json
        && json["hash"] is JsonValue hash && hash.TryGetValue(out string? hashText)
        && json["profile"] is JsonValue profile && profile.TryGetValue(out string? profileText)
        && json["seed"] is JsonValue seed && seed.TryGetValue(out int seedNumber)
            ? new SourceStamp(hashText, profileText, seedNumber, (string?)json["library"] ?? "")
            : null;

    /// <summary>Whether outputs with this stamp are those of the notebook's sources.</summary>
    public bool Fits(Notebook notebook) => string.Equals(Hash, HashOf(notebook, Profile, Seed), StringComparison.Ordinal);

    public JsonObject ToJson() => new() { ["hash"] = Hash, ["profile"] = Profile, ["seed"] = Seed, ["library"] = Library };

    private static string HashOf(Notebook notebook, string profile, int seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, profile);
        Append(hash, seed.ToString(CultureInfo.InvariantCulture));
        foreach (NotebookCell cell in notebook.Cells)
        {
            Append(hash, cell.Kind.ToString());
            Append(hash, cell.Source);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The length comes first: no text can look like two.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.ASCII.GetBytes($"{bytes.Length}:"));
        hash.AppendData(bytes);
    }
}
