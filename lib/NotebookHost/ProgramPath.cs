namespace NotebookHost;

/// <summary>Programs as a shell finds them. .NET would first look beside the program that runs, where <c>dotnet</c> has another.</summary>
internal static class ProgramPath
{
    /// <param name="name">The program, without an extension.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <returns>Its file; null where no folder has it.</returns>
    public static string? Find(string name, string? path) => (path ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);
}
