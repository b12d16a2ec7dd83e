namespace AttentionNotebooks;

/// <summary>A reader that was trained, and how it went.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Role">The colour it has in figures.</param>
/// <param name="Reader">The trained model.</param>
/// <param name="History">Loss, accuracy and pointing while it learned.</param>
public sealed record CanvasRun(string Name, Role Role, CanvasReader Reader, TrainingHistory History);
