namespace NotebookHost;

/// <summary>What a check found.</summary>
/// <param name="State">How it is.</param>
/// <param name="Meaning">What was found, and what that means.</param>
/// <param name="Remedy">What to do; empty where there is nothing to do.</param>
internal sealed record CheckResult(CheckState State, string Meaning, string Remedy = "")
{
    public static CheckResult Ok(string meaning, string remedy = "") => new(CheckState.Ok, meaning, remedy);

    public static CheckResult Warning(string meaning, string remedy) => new(CheckState.Warning, meaning, remedy);

    public static CheckResult Missing(string meaning, string remedy) => new(CheckState.Missing, meaning, remedy);
}

internal enum CheckState
{
    Ok,

    /// <summary>The series runs; something that one may want does not.</summary>
    Warning,

    /// <summary>Something that the series needs is not there, or is broken.</summary>
    Missing,
}
