namespace AttentionNotebooks;

/// <summary>The folder that data sets lie in, one folder a set (<c>mnist/</c>, <c>fashion-mnist/</c>, …).</summary>
public sealed class DataRoot
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "ATTENTION_DATA";

    private const string Solution = "AttentionNotebooks.sln";

    /// <summary>Takes a folder, which need not exist.</summary>
    /// <param name="path">The folder; a relative path is taken from the current directory.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public DataRoot(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>
    /// Finds the folder: <see cref="Variable"/> where it is set, else <c>data/cache</c> of the repository around the
    /// current directory, else <c>data/cache</c> of the current directory.
    /// A relative path in the variable is taken from the current directory, or, where nothing is there, from the repository:
    /// notebooks and tests run in folders of their own.
    /// </summary>
    public static DataRoot Find() => Find(Environment.GetEnvironmentVariable(Variable), Directory.GetCurrentDirectory());

    /// <summary>The absolute path of something in the root, whether it exists or not.</summary>
    /// <param name="parts">The folder of the set, then what is looked for in it.</param>
    public string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public override string ToString() => Path;

    internal static DataRoot Find(string? variable, string currentDirectory)
    {
        var repository = RepositoryAround(currentDirectory) ?? currentDirectory;
        if (string.IsNullOrWhiteSpace(variable))
            return new(System.IO.Path.Combine(repository, "data", "cache"));

        var near = System.IO.Path.GetFullPath(variable, currentDirectory);
        return new(Directory.Exists(near) ? near : System.IO.Path.GetFullPath(variable, repository));
    }

    private static string? RepositoryAround(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }

        return null;
    }
}
