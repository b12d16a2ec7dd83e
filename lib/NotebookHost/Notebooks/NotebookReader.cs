using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>Reads a notebook and says plainly what is wrong with one that is none. Outputs of an earlier run are left out.</summary>
internal static class NotebookReader
{
    private const string Remedy = "Open it in VS Code or Jupyter and save it again, or restore it from version control.";

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    public static Notebook Read(string path)
    {
        path = Path.GetFullPath(path);
        byte[] content = Load(path);
        JsonObject root = Parse(path, content);
        RequireVersion(path, root);
        RequireObjectOrNothing(path, root["metadata"], "the notebook's metadata");
        return new Notebook(new NotebookFile(path, content), root, ReadCells(path, root));
    }

    /// <summary>The cells of a notebook's JSON, which stays theirs.</summary>
    public static NotebookCell[] ReadCells(string path, JsonObject root)
    {
        if (root["cells"] is not JsonArray items)
            throw Malformed(path, "there is no list of cells.");

        NotebookCell[] cells = [.. items.Select((item, index) => ReadCell(path, item, index + 1))];
        GiveIds(path, items, cells);
        return cells;
    }

    private static byte[] Load(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MalformedNotebookException(path, "there is no such file. Check the name, or run `attention run` with none for the whole series.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MalformedNotebookException(path, $"cannot be read: {exception.Message}", exception);
        }
    }

    private static JsonObject Parse(string path, byte[] content)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return JsonNode.Parse(reader.ReadToEnd(), documentOptions: _strict) as JsonObject ?? throw Malformed(path, "its JSON is not an object.");
        }
        catch (JsonException exception)
        {
            throw Malformed(path, $"not JSON (line {exception.LineNumber + 1}): {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw Malformed(path, "not UTF-8.", exception);
        }
    }

    private static void RequireVersion(string path, JsonObject root)
    {
        if (root["nbformat"] is not JsonValue value || !value.TryGetValue(out int major))
            throw Malformed(path, "it has no nbformat number, so it is no notebook.");
        if (major != 4)
            throw Malformed(path, $"it is of nbformat {major}, and this program reads nbformat 4.");
    }

    private static NotebookCell ReadCell(string path, JsonNode? node, int number)
    {
        if (node is not JsonObject json)
            throw Malformed(path, $"cell {number} is not an object.");
        CellKind kind = Text(json["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            { } other => throw Malformed(path, $"cell {number} is of the unknown type '{other}'."),
            null => throw Malformed(path, $"cell {number} has no cell_type."),
        };
        RequireObjectOrNothing(path, json["metadata"], $"the metadata of cell {number}");
        RequireObjectOrNothing(path, json["attachments"], $"the attachments of cell {number}");
        string source = MultilineText.Read(json["source"])
            ?? throw Malformed(path, $"the source of cell {number} is neither text nor a list of lines.");
        return new NotebookCell(json, kind, source);
    }

    /// <summary>nbformat 4.5 wants an id per cell; one made from place and source is the same in every run.</summary>
    private static void GiveIds(string path, JsonArray items, NotebookCell[] cells)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNode? given in items.Select(item => item!["id"]).Where(id => id is not null))
        {
            string id = Text(given) is { Length: >= 1 and <= 64 } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                ? text
                : throw Malformed(path, $"the cell id {given!.ToJsonString()} is not 1 to 64 letters, digits, '-' and '_'.");
            if (!taken.Add(id))
                throw Malformed(path, $"two cells have the id '{id}'.");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            if (items[i]!["id"] is null)
                cells[i].Id = NewId(taken, $"{i}\n{cells[i].Source}");
        }
    }

    private static string NewId(HashSet<string> taken, string seed)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
        return Enumerable.Range(0, hash.Length - 8).Select(i => hash.Substring(i, 8)).First(taken.Add);
    }

    private static void RequireObjectOrNothing(string path, JsonNode? node, string what)
    {
        if (node is not (null or JsonObject))
            throw Malformed(path, $"{what} is not an object.");
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static MalformedNotebookException Malformed(string path, string wrong, Exception? inner = null) => new(path, $"{wrong} {Remedy}", inner);
}
