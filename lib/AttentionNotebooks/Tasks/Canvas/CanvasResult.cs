namespace AttentionNotebooks;

/// <summary>A trained reader, how it was tested, and what came out.</summary>
/// <param name="Run">The trained reader.</param>
/// <param name="Mode">The read it was tested with, by name.</param>
/// <param name="Scores">On the test canvases.</param>
public sealed record CanvasResult(CanvasRun Run, string Mode, CanvasScores Scores);
