namespace AttentionNotebooks;

/// <summary>Falls to 0 along half a cosine, η = η₀ · ½ (1 + cos(π t / T)) (Loshchilov &amp; Hutter 2017, eq. 5, without restarts).</summary>
public sealed record Cosine : Schedule
{
    /// <inheritdoc/>
    public override double At(int step, int steps) => 0.5 * (1 + Math.Cos(Math.PI * step / steps));
}
