namespace NotebookHost;

/// <summary>States of checks as they are written.</summary>
internal static class CheckText
{
    /// <summary>The longest subject.</summary>
    public const int SubjectWidth = 14;

    public static string State(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Warning => "warning",
        _ => "missing",
    };
}
