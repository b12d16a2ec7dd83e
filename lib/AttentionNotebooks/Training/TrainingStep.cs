namespace AttentionNotebooks;

/// <summary>What one step gives.</summary>
/// <param name="Loss">A scalar to go downhill on.</param>
/// <param name="Metrics">Scalars to report, by name; no gradient. Every step of a run has the same names.</param>
public sealed record TrainingStep(Tensor Loss, IReadOnlyDictionary<string, Tensor> Metrics);
