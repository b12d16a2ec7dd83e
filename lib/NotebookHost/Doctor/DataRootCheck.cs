using AttentionNotebooks;

namespace NotebookHost;

/// <summary>Where the real data sets lie, and whether <c>attention data fetch</c> can write there.</summary>
/// <param name="root">The data root.</param>
/// <param name="setting">The value of the variable that names it; null where it is not set.</param>
internal sealed class DataRootCheck(DataRoot root, string? setting) : ICheck
{
    public string Subject => "data root";

    public Task<CheckResult> RunAsync(CancellationToken cancellation) => Task.FromResult(Result());

    private CheckResult Result()
    {
        string from = string.IsNullOrWhiteSpace(setting) ? $"{DataRoot.Variable} is not set" : $"from {DataRoot.Variable}";
        if (Obstacle() is { } obstacle)
            return CheckResult.Warning($"{root} ({from}) cannot be written: {obstacle} Sets that are not there cannot be fetched.", $"Set {DataRoot.Variable} to a folder that can be written");
        return CheckResult.Ok(Directory.Exists(root.Path) ? $"{root} ({from}), can be written." : $"{root} ({from}), is made by the first fetch.");
    }

    // Permissions do not tell it (root, read-only file systems, quotas): only an attempt does.
    private string? Obstacle()
    {
        string? folder = root.Path;
        while (folder is not null && !Path.Exists(folder))
            folder = Path.GetDirectoryName(folder);
        try
        {
            string probe = Path.Combine(folder ?? root.Path, Path.GetRandomFileName());
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
                return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
