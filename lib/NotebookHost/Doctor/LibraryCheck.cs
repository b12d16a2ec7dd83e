namespace NotebookHost;

/// <summary>The library where the first cell of every notebook looks for it: our own runner brings its own, other hosts need this one.</summary>
/// <param name="repository">The repository; null outside one.</param>
internal sealed class LibraryCheck(string? repository) : ICheck
{
    public string Subject => "library";

    public Task<CheckResult> RunAsync(CancellationToken cancellation) => Task.FromResult(Result());

    private CheckResult Result()
    {
        if (repository is null)
            return CheckResult.Ok("not in the repository: notebooks are run with the library of this program.");
        string library = Path.Combine("lib", "AttentionNotebooks", "bin", "Release", "net10.0", "AttentionNotebooks.dll");
        return File.Exists(Path.Combine(repository, library))
            ? CheckResult.Ok($"{library} is built, which the notebooks load by #r.")
            : CheckResult.Missing($"{library} is not built; every notebook loads it by #r.", "dotnet build -c Release");
    }
}
