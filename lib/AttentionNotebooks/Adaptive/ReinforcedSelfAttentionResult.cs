namespace AttentionNotebooks;

/// <summary>What reinforced self-attention gives.</summary>
/// <param name="Attended">
/// Each token as a step of its own: outputs u [B, N, D]; weights [B, N, N], 0 in the row of a token that is no head and in the column of one that is no dependent;
/// log-probability and entropy of both samplers' gates [B, 2], and of the heads' choices after them where these read hard; null without a generator. REINFORCE trains the samplers from it.
/// </param>
/// <param name="Heads">Boolean [B, N], which tokens look.</param>
/// <param name="Dependents">Boolean [B, N], which tokens are looked at.</param>
public sealed record ReinforcedSelfAttentionResult(AttentionResult Attended, Tensor Heads, Tensor Dependents);
