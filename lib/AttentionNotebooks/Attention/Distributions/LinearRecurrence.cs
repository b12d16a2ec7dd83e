namespace AttentionNotebooks;

/// <summary>Solves qₙ = rₙ qₙ₋₁ + sₙ for all n at once, by doubling: ⌈log₂ N⌉ rounds of products and sums of whole rows (Hillis &amp; Steele 1986).</summary>
/// <remarks>
/// With r and s in 0..1 nothing grows and nothing is divided, so it is stable at any length, forwards and backwards, and r may be exactly 0.
/// The quotient of cumulative products and sums, by which monotonic attention is usually computed, is neither.
/// </remarks>
public static class LinearRecurrence
{
    /// <summary>Solves it along the last dimension, with q₋₁ = 0.</summary>
    /// <param name="ratios">r [B, …, N].</param>
    /// <param name="starts">s [B, …, N], of the same shape.</param>
    /// <returns>q [B, …, N].</returns>
    public static Tensor Solve(Tensor ratios, Tensor starts)
    {
        using var scope = torch.NewDisposeScope();
        var (r, q) = (ratios, starts.alias());
        for (long distance = 1; distance < starts.shape[^1]; distance *= 2)
        {
            var rest = starts.shape[^1] - distance;
            // (r, q)ₙ ← (rₙ rₙ₋d, qₙ + rₙ qₙ₋d)
            q = q + torch.nn.functional.pad(r.narrow(-1, distance, rest) * q.narrow(-1, 0, rest), [distance, 0]);
            r = r * torch.nn.functional.pad(r.narrow(-1, 0, rest), [distance, 0]);
        }

        return q.MoveToOuterDisposeScope();
    }
}
