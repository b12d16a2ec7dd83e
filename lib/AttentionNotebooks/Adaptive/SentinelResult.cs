namespace AttentionNotebooks;

/// <summary>What attention with a sentinel gives.</summary>
/// <param name="Attended">The record of <see cref="Attention"/> over N + 1 locations: weights [B, T, N + 1], and location N is the sentinel, in the choice too. Any estimator trains it.</param>
/// <param name="Sentinel">β [B, T], the weight of the sentinel, in 0..1; 1 does not look at all.</param>
public sealed record SentinelResult(AttentionResult Attended, Tensor Sentinel);
