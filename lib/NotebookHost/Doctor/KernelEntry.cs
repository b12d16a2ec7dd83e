using System.Text.Json;

namespace NotebookHost;

/// <summary>A kernel as <c>jupyter kernelspec list --json</c> tells it.</summary>
/// <param name="Name">What Jupyter calls it.</param>
/// <param name="Command">The command that starts it.</param>
internal sealed record KernelEntry(string Name, IReadOnlyList<string> Command)
{
    private static readonly string[] _start = ["kernel", "start"];

    private static readonly string _program = typeof(KernelEntry).Assembly.GetName().Name!;

    /// <exception cref="JsonException">It is not such a list.</exception>
    public static IReadOnlyList<KernelEntry> ReadList(string json)
    {
        using var list = JsonDocument.Parse(json);
        try
        {
            return [.. list.RootElement.GetProperty("kernelspecs").EnumerateObject().Select(kernel => new KernelEntry(
                kernel.Name,
                [.. kernel.Value.GetProperty("spec").GetProperty("argv").EnumerateArray().Select(word => word.GetString() ?? "")]))];
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>The program that it starts, past a <c>dotnet</c> before it.</summary>
    public string Program => Command.FirstOrDefault(word => string.Equals(Path.GetFileNameWithoutExtension(word), _program, StringComparison.OrdinalIgnoreCase)) ?? "";

    public bool IsOurs => Program.Length > 0 && _start.All(word => Command.Contains(word, StringComparer.Ordinal));

    /// <summary>Is the program that it starts in a folder?</summary>
    public bool IsIn(string folder) =>
        string.Equals(Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(Path.GetFullPath(Program))!), Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), StringComparison.Ordinal);
}
