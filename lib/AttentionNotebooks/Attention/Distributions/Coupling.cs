namespace AttentionNotebooks;

/// <summary>A draw and its relaxations, from the same noise (Tucker et al. 2017, §3 and appendix C).</summary>
/// <param name="Choice">z [B, T, K] int64, or <see cref="Locations.Nothing"/>; no gradient.</param>
/// <param name="Relaxed">From a temperature τ, a scalar tensor, to the relaxed draw w [B, T, N] whose hard limit is the choice.</param>
/// <param name="Conditional">From τ to a relaxed draw w̃ [B, T, N] from new noise, on the condition that its hard limit is the same choice. Each call draws.</param>
public sealed record Coupling(Tensor Choice, Func<Tensor, Tensor> Relaxed, Func<Tensor, Tensor> Conditional)
{
    /// <summary>The tensors that the relaxations need beside the distribution's own.</summary>
    internal IReadOnlyList<Tensor> Held { get; init; } = [];
}
