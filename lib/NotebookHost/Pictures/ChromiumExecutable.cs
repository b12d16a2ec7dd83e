namespace NotebookHost;

/// <summary>The Chromium of this machine, or a browser built on it.</summary>
internal static class ChromiumExecutable
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "ATTENTION_CHROMIUM";

    private const string Remedy = $"Install Chromium, Chrome or Edge (Debian: apt install chromium; Windows has Edge), or set {Variable} to the executable.";

    private static readonly string[] _commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];

    private static readonly string[] _macApplications = ["Chromium", "Google Chrome", "Microsoft Edge"];

    private static readonly string[] _windowsPrograms = [@"Chromium\Application\chrome.exe", @"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    /// <exception cref="ChromiumException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new ChromiumException($"{Variable} is {named}, and there is no such file. {Remedy}");
        return Candidates().FirstOrDefault(File.Exists) ?? throw new ChromiumException($"There is no Chromium here. {Remedy}");
    }

    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsWindows())
            return OnWindows();
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin").Append("/snap/bin");
        IEnumerable<string> commands = from command in _commands from folder in folders select Path.Combine(folder, command);
        return OperatingSystem.IsMacOS() ? OnMac().Concat(commands) : commands;
    }

    private static IEnumerable<string> OnMac() =>
        from name in _macApplications
        from folder in new List<string> { "/Applications", Path.Combine(Folder(Environment.SpecialFolder.UserProfile), "Applications") }
        select $"{folder}/{name}.app/Contents/MacOS/{name}";

    private static IEnumerable<string> OnWindows() =>
        from program in _windowsPrograms
        from folder in new List<string> { Folder(Environment.SpecialFolder.ProgramFiles), Folder(Environment.SpecialFolder.ProgramFilesX86), Folder(Environment.SpecialFolder.LocalApplicationData) }
        select Path.Combine(folder, program);

    private static string Folder(Environment.SpecialFolder folder) => Environment.GetFolderPath(folder);
}
