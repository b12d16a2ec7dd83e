namespace AttentionNotebooks;

/// <summary>What a baseline expects.</summary>
/// <param name="Value">b: a scalar, [B], or [K, B].</param>
/// <param name="Loss">A scalar to be made small together with the model's loss, where the baseline learns by gradient; else null.</param>
public sealed record Expectation(Tensor Value, Tensor? Loss = null);
