using AttentionNotebooks;

namespace NotebookHost;

/// <summary>The real data sets, by checksum. None is needed, but a task takes one that is there, and stops where it is damaged.</summary>
internal sealed class DataSetsCheck(DataRoot root, DataManifest manifest) : ICheck
{
    public string Subject => "data sets";

    public Task<CheckResult> RunAsync(CancellationToken cancellation) => Task.Run(() => Result(cancellation), cancellation);

    private CheckResult Result(CancellationToken cancellation)
    {
        var verifier = new DataVerifier(root);
        var checks = new List<DataSetCheck>();
        foreach (DataSetEntry set in manifest.Sets)
        {
            cancellation.ThrowIfCancellationRequested();
            checks.Add(verifier.Check(set));
        }

        DataSetCheck[] broken = [.. checks.Where(check => check.State is DataSetState.Damaged or DataSetState.Partly)];
        if (broken.Length > 0)
            return CheckResult.Missing(
                $"not whole: {string.Join("; ", broken.Select(Describe))}.",
                $"attention data fetch {string.Join(' ', broken.Select(check => check.Set.Name))}, or delete the files: an embedded set stands in for a missing one");
        string[] whole = [.. checks.Where(check => check.IsWhole).Select(check => check.Set.Name)];
        string[] missing = [.. checks.Where(check => !check.IsWhole).Select(check => check.Set.Name)];
        return (whole.Length, missing.Length) switch
        {
            (_, 0) => CheckResult.Ok($"all {whole.Length} are whole, by checksum: {string.Join(", ", whole)}."),
            (0, _) => CheckResult.Ok("none of the real ones is here; embedded ones stand in.", "To have them: attention data fetch all"),
            _ => CheckResult.Ok($"{whole.Length} of {checks.Count} are whole, by checksum: {string.Join(", ", whole)}; embedded ones stand in for the rest.", $"To have the rest: attention data fetch {string.Join(' ', missing)}"),
        };
    }

    private string Describe(DataSetCheck check)
    {
        DataCheck file = check.Files.First(file => file.State != DataState.Ok);
        return $"{check.Set.Name} ({DataText.State(check.State)}: {DataText.Place(root, file.Path)}, {file.Detail})";
    }
}
