namespace AttentionNotebooks;

/// <summary>What two looks give.</summary>
/// <param name="Attended">
/// Over the N fine locations, as if there had been one look: weights [B, T, N], 0 outside the chosen cells; the choice is what was looked at;
/// log-probability and entropy are those of both choices together. Any estimator trains it.
/// </param>
/// <param name="Coarse">The first look: weights [B, T, C] over the cells, and which were chosen.</param>
public sealed record CoarseToFineResult(AttentionResult Attended, AttentionResult Coarse);
