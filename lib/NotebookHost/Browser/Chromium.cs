namespace NotebookHost;

/// <summary>The browser that draws charts as pictures: Chromium, or one that is made of it.</summary>
internal static class Chromium
{
    /// <summary>The environment variable that names the program.</summary>
    public const string Variable = "ATTENTION_CHROMIUM";

    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private static readonly string[] _macPlaces = [.. new[] { "Google Chrome", "Chromium", "Microsoft Edge" }.Select(name => $"/Applications/{name}.app/Contents/MacOS/{name}")];

    private static readonly string[] _linuxPlaces = ["/snap/bin/chromium", "/opt/google/chrome/chrome"];

    private static readonly string[] _windowsPlaces = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    /// <summary>The program that <see cref="Variable"/> names, else one in <c>PATH</c>, else one in the usual places of this system.</summary>
    /// <returns>Its path; null where there is none, and where the variable names nothing that is there: who chooses one does not want another.</returns>
    public static string? Find() => Find(Environment.GetEnvironmentVariable);

    internal static string? Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } chosen)
            return File.Exists(chosen) ? Path.GetFullPath(chosen) : null;
        return _names.Select(name => ProgramPath.Find(name, environment("PATH"))).FirstOrDefault(found => found is not null)
            ?? UsualPlaces(environment).FirstOrDefault(File.Exists);
    }

    private static string[] UsualPlaces(Func<string, string?> environment)
    {
        if (!OperatingSystem.IsWindows())
            return OperatingSystem.IsMacOS() ? _macPlaces : _linuxPlaces;
        string?[] roots = [environment("ProgramFiles"), environment("ProgramFiles(x86)"), environment("LocalAppData")];
        return [.. from root in roots where !string.IsNullOrEmpty(root) from place in _windowsPlaces select Path.Combine(root, place)];
    }
}
