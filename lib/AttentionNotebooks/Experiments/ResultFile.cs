using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AttentionNotebooks;

/// <summary>The rows of an experiment, one JSON object a line. Rows are only ever added, each in one write; a line that a killed process left unfinished is cut off.</summary>
public sealed class ResultFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
    };

    private readonly string path;
    private readonly List<ResultRow> rows = [];

    /// <summary>Opens a file, which need not exist.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">A line is no row; the message says which.</exception>
    public ResultFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        this.path = path;
        if (!File.Exists(path)) return;
        var text = File.ReadAllText(path);
        var whole = text.LastIndexOf('\n') + 1;
        var number = 0;
        foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries)) rows.Add(Read(line, ++number));
        if (whole < text.Length) Truncate(Encoding.UTF8.GetByteCount(text[..whole]));
    }

    /// <summary>The rows, in the order in which they were added.</summary>
    public IReadOnlyList<ResultRow> Rows => rows;

    /// <summary>Is this row there already?</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="profile">The profile.</param>
    public bool Has(string condition, long seed, string profile) => rows.Exists(row => row.Key == (condition, seed, profile));

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">There is one of its condition, seed and profile already.</exception>
    public void Add(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (rows.Exists(other => other.Key == row.Key)) throw new ArgumentException($"{path} has a row of {row.Condition} with seed {row.Seed} already.", nameof(row));
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(row, Json) + "\n"));
        file.Flush(flushToDisk: true);
        rows.Add(row);
    }

    /// <summary>Moves the rows of an experiment's shards into its file. A row that is there already is not added again; the shards' files are deleted once all rows are in.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="experiment">The experiment's id.</param>
    /// <returns>How many rows were added.</returns>
    /// <exception cref="DataFileException">A line is no row, or one of another experiment; nothing has changed then.</exception>
    public static int Merge(string folder, string experiment)
    {
        string[] shards = [.. Shards(folder, experiment)];
        if (shards.Length == 0) return 0;
        var whole = new ResultFile(Shard.Whole.FileIn(folder, experiment));
        ResultRow[] added =
        [
            .. shards.SelectMany(shard => RowsOf(shard, experiment))
                .DistinctBy(row => row.Key)
                .Where(row => !whole.Has(row.Condition, row.Seed, row.Profile))
                .OrderBy(row => row.Seed),
        ];
        foreach (var row in added) whole.Add(row);
        foreach (var shard in shards) File.Delete(shard);
        return added.Length;
    }

    private static IEnumerable<string> Shards(string folder, string experiment) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"{experiment}.*-of-*.jsonl").Order(StringComparer.Ordinal) : [];

    private static IReadOnlyList<ResultRow> RowsOf(string shard, string experiment)
    {
        var all = new ResultFile(shard).Rows;
        return all.FirstOrDefault(row => row.Experiment != experiment) is { } stranger
            ? throw new DataFileException(shard, $"it has a row of {stranger.Experiment}. Move that line to a file of its own experiment.")
            : all;
    }

    private ResultRow Read(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<ResultRow>(line, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new DataFileException(path, $"line {number} is no row of results ({e.Message}). Delete that line, and its experiment runs again.", e);
        }
    }

    private void Truncate(long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
        file.SetLength(length);
    }
}
