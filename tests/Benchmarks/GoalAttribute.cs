namespace AttentionNotebooks;

/// <summary>How many times its baseline's time a benchmark may take.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoalAttribute(double ratio) : Attribute
{
    /// <summary>At most so many times the baseline.</summary>
    public double Ratio { get; } = ratio;
}
