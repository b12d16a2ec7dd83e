namespace AttentionNotebooks;

/// <summary>How the step size changes over a run, as a share of the one it is given.</summary>
public abstract record Schedule
{
    /// <summary>The share at a step.</summary>
    /// <param name="step">Steps done, from 0.</param>
    /// <param name="steps">How many the run has in all.</param>
    /// <returns>A factor, 0 or more.</returns>
    public abstract double At(int step, int steps);
}
