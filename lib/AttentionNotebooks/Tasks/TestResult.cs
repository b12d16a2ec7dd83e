namespace AttentionNotebooks;

/// <summary>What a trained model reached.</summary>
/// <param name="Contender">The model's name.</param>
/// <param name="Mode">The evaluation mode, by name; empty where there is only one.</param>
/// <param name="Metrics">The value of every metric of the task.</param>
public sealed record TestResult(string Contender, string Mode, IReadOnlyDictionary<string, double> Metrics);
