namespace AttentionNotebooks;

/// <summary>How training goes: a <see cref="LineChart"/> over training steps, for example loss, accuracy and pointing accuracy side by side.</summary>
/// <param name="panels">The panels, left to right.</param>
public sealed class LearningCurves(params IEnumerable<Panel> panels) : LineChart("training step", panels);
