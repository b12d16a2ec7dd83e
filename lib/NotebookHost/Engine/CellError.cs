namespace NotebookHost;

/// <summary>What went wrong in a cell.</summary>
/// <param name="Name">The kind: an exception's type, or the compiler.</param>
/// <param name="Message">What it said.</param>
/// <param name="Line">The line of the cell, where it is known.</param>
/// <param name="Traceback">The whole story, a line each, without the frames of the host.</param>
internal sealed record CellError(string Name, string Message, int? Line, IReadOnlyList<string> Traceback)
{
    /// <summary>A cell that was stopped from outside.</summary>
    /// <param name="message">What became of it.</param>
    public static CellError Interrupted(string message) => new("Interrupted", message, null, [message]);
}
