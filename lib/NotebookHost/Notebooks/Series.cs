namespace NotebookHost;

/// <summary>The notebooks of a run: those named, or all of the repository in the order of their numbers.</summary>
internal static class Series
{
    private const string RootMark = "AttentionNotebooks.sln";

    /// <summary><c>artifacts</c> at the repository's root, or here where there is no repository.</summary>
    public static string DefaultOutput => Path.Combine(RepositoryOrNull ?? Directory.GetCurrentDirectory(), "artifacts");

    /// <summary>The repository around the current directory; null where there is none.</summary>
    public static string? RepositoryOrNull
    {
        get
        {
            for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, RootMark)))
                    return folder.FullName;
            }

            return null;
        }
    }

    /// <summary>The repository around the current directory.</summary>
    /// <exception cref="SeriesNotFoundException">There is none.</exception>
    public static string Repository => RepositoryOrNull
        ?? throw new SeriesNotFoundException($"There is no {RootMark} in {Directory.GetCurrentDirectory()} or above it. Start from the repository.");

    /// <exception cref="MalformedNotebookException">One of them is missing, malformed or has a formula that cannot be shown; nothing has run then.</exception>
    /// <exception cref="SeriesNotFoundException">There are none.</exception>
    public static IReadOnlyList<Notebook> Read(string[] paths)
    {
        Notebook[] notebooks = [.. (paths.Length > 0 ? paths : All()).Select(NotebookReader.Read)];
        foreach (IGrouping<string, Notebook> same in notebooks.GroupBy(notebook => notebook.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            throw new SeriesNotFoundException($"{string.Join(" and ", same.Select(notebook => notebook.Path))} would write the same page. Run them one by one, each with an --out of its own.");
        foreach (Notebook notebook in notebooks)
            _ = NotebookPage.ToHtml(notebook, null, null);
        return notebooks;
    }

    private static string[] All()
    {
        string root = RepositoryOrNull
            ?? throw new SeriesNotFoundException($"There is no {RootMark} in {Directory.GetCurrentDirectory()} or above it. Start from the repository, or name the notebooks: attention run path/to/notebook.ipynb");
        string folder = Path.Combine(root, "notebooks");
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.ipynb") : [];
        if (paths.Length == 0)
            throw new SeriesNotFoundException($"There are no notebooks in {folder}. Restore them from version control, or name the notebooks to run.");
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}
