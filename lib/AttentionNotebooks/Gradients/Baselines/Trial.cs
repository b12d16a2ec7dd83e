namespace AttentionNotebooks;

/// <summary>The choices of a batch that were tried, and what they cost.</summary>
/// <param name="Costs">[K, B], what each of K independent runs cost each example; no gradient. Only what is learned for later batches may depend on all of it.</param>
/// <param name="Features">[B, F], what is known before the choice; null if nothing is.</param>
/// <param name="CostOf">What another read would cost, [B]; no gradient. It runs the model once more.</param>
public sealed record Trial(Tensor Costs, Tensor? Features, Func<Read, Tensor> CostOf);
