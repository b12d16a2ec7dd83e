namespace AttentionNotebooks;

/// <summary>Grows evenly from 0 over the first steps, and follows another schedule over the others (Vaswani et al. 2017, §5.3, with any second half).</summary>
/// <param name="Steps">How many steps it grows over, at least 1.</param>
/// <param name="Then">What follows.</param>
public sealed record WarmUp(int Steps, Schedule Then) : Schedule
{
    /// <inheritdoc/>
    public override double At(int step, int steps) => step < Steps ? (step + 1.0) / Steps : Then.At(step - Steps, Math.Max(1, steps - Steps));
}
