using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace NotebookHost;

/// <summary>How long each cell took the last time, to tell how long is left now.</summary>
internal sealed class RunTimings
{
    private readonly string _path;
    private readonly ConcurrentDictionary<string, double[]> _seconds;

    public RunTimings(string path)
    {
        _path = path;
        _seconds = new(Load(path), StringComparer.Ordinal);
    }

    /// <returns>Null before anything is known.</returns>
    public TimeSpan? Remaining(NotebookRun run, string profile)
    {
        ImmutableArray<double> now = run.CellSeconds;
        if (!_seconds.TryGetValue(Key(run, profile), out double[]? expected) || expected.Length != run.CellCount)
        {
            if (now.IsEmpty)
                return null;
            expected = [.. Enumerable.Repeat(now.Average(), run.CellCount)];
        }

        double inCell = run.Elapsed.TotalSeconds - now.Sum();
        double ofCell = Math.Max(0, expected.ElementAtOrDefault(now.Length) - inCell);
        return TimeSpan.FromSeconds(ofCell + expected.Skip(now.Length + 1).Sum());
    }

    /// <summary>Keeps the times of a run that reached its end.</summary>
    public void Keep(NotebookRun run, string profile)
    {
        if (run.State != RunState.Done)
            return;
        _seconds[Key(run, profile)] = [.. run.CellSeconds];
        lock (_seconds)
            AtomicFile.WriteAllText(_path, JsonSerializer.Serialize(new SortedDictionary<string, double[]>(_seconds, StringComparer.Ordinal)));
    }

    private static Dictionary<string, double[]> Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (JsonException)
        {
            // A guess of the time left is worth no failure: without the old times it is made from the cells run so far.
            return [];
        }
    }

    private static string Key(NotebookRun run, string profile) => $"{run.Notebook.Name} {profile}";
}
