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
    public static void Nbconvert() => Program("jupyter-nbconvert");

    /// <summary>Debian's or anybody's <c>jupyter notebook</c>.</summary>
    public static void Notebook() => Program("jupyter-notebook");

    /// <summary>A Python with Jupyter's client.</summary>
    /// <param name="isThere">Whether one was found.</param>
    public static void JupyterClient(bool isThere)
    {
        Assert.True(isThere || !IsCi, "There is no Python with jupyter_client. Install it (Debian: apt install jupyter-client).");
        Skip.IfNot(isThere, "There is no Python with jupyter_client.");
    }

    public static void Chromium()
    {
        string? missing = MissingChromium();
        Skip.If(missing is not null, missing);
    }

    private static void Program(string name)
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
        Assert.True(isThere || !IsCi, $"There is no {name}. Install it (Debian: apt install {name}).");
        Skip.IfNot(isThere, $"There is no {name}.");
    }
}
