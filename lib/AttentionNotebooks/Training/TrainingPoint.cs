namespace AttentionNotebooks;

/// <summary>A point of a training history.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">Time since the run began.</param>
/// <param name="ResidentMegabytes">Memory that the process holds, in MB.</param>
/// <param name="Metrics">Each metric's mean over the steps since the point before.</param>
public sealed record TrainingPoint(int Step, double Seconds, double ResidentMegabytes, IReadOnlyDictionary<string, double> Metrics);
