using AttentionNotebooks;

namespace NotebookHost;

/// <summary>What <c>attention data</c> says, line by line.</summary>
internal static class DataReport
{
    /// <summary>Every set: its name, what is there of it, its size, what it holds, its licence, and what stands in for it.</summary>
    public static IEnumerable<string> List(DataRoot root, DataManifest manifest)
    {
        var verifier = new DataVerifier(root);
        yield return $"Real sets, in {root}:";
        foreach (DataSetEntry set in manifest.Sets)
        {
            yield return $"  {set.Name,-18} {DataText.State(verifier.Check(set).State),-8} {DataText.Size(set.Size),8}  {set.Content}";
            yield return $"  {"",-37} licence: {set.Licence}; embedded instead: {set.Embedded}";
        }

        yield return "Embedded sets, made from a seed, nothing to fetch:";
        foreach (EmbeddedSetEntry set in manifest.Embedded)
            yield return $"  {set.Name,-18} {set.Content}";
    }

    /// <summary>Every file, and what is wrong with it.</summary>
    public static IEnumerable<string> Files(DataRoot root, IReadOnlyList<DataSetCheck> checks)
    {
        foreach (DataCheck file in checks.SelectMany(check => check.Files))
            yield return $"{DataText.State(file.State),-15} {DataText.Place(root, file.Path)}{(file.State is DataState.Ok or DataState.Missing ? "" : $": {file.Detail}")}";
        yield return $"{checks.Count(check => check.IsWhole)} of {checks.Count} sets are whole in {root}.";
    }

    /// <summary>What to do about sets that are not whole; nothing where all are.</summary>
    public static IEnumerable<string> Remedies(IReadOnlyList<DataSetCheck> checks)
    {
        DataSetCheck[] others = [.. checks.Where(check => !check.IsWhole)];
        if (others.Length > 0)
            yield return $"Not whole: {string.Join(", ", others.Select(check => $"{check.Set.Name} ({DataText.State(check.State)})"))}. Get them with: attention data fetch {string.Join(' ', others.Select(check => check.Set.Name))}";
    }

    /// <summary>Of every set that is whole: under which licence, and whom to cite.</summary>
    public static IEnumerable<string> Fetched(DataRoot root, IReadOnlyList<DataSetEntry> sets)
    {
        var verifier = new DataVerifier(root);
        return sets.Where(set => verifier.Check(set).IsWhole).Select(set => $"{set.Name} is whole. Licence: {set.Licence}. Cite: {set.Citation}");
    }
}
