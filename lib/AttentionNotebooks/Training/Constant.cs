namespace AttentionNotebooks;

/// <summary>Stays as it is.</summary>
public sealed record Constant : Schedule
{
    /// <inheritdoc/>
    public override double At(int step, int steps) => 1;
}
