namespace NotebookHost.Tests;

/// <summary>What a test needs of the machine: skipped where it is missing, except in CI, where missing is a failure.</summary>
internal static class Requirement
{
    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The reason to skip, or null where Chromium is there.</summary>
    public static string? MissingChromium()
    {
        try
        {
            _ = ChromiumExecutable.Find();
            return null;
        }
        catch (ChromiumException missing) when (!IsCi)
        {
            return missing.Message;
        }
    }

    /// <summary>Debian's or anybody's <c>jupyter nbconvert</c>.</summary>
    public static void Nbconvert()
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "jupyter-nbconvert")));
        Assert.True(isThere || !IsCi, "There is no jupyter-nbconvert. Install it (Debian: apt install jupyter-nbconvert).");
        Skip.IfNot(isThere, "There is no jupyter-nbconvert.");
    }

    public static void Chromium()
    {
        string? missing = MissingChromium();
        Skip.If(missing is not null, missing);
    }
}
