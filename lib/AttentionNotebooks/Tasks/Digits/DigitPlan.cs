namespace AttentionNotebooks;

/// <summary>What is compared in a digit task, and for how long it is trained.</summary>
internal sealed record DigitPlan
{
    /// <summary>The N windows that are attended to.</summary>
    public WindowGrid Windows { get; init; } = CanvasReader.StandardWindows;

    /// <summary>The mechanisms over windows, the controls among them.</summary>
    public IReadOnlyList<Mechanism> Mechanisms { get; init; } = AttentionNotebooks.Mechanisms.All;

    /// <summary>How glimpses are taken.</summary>
    public GlimpsePlan Glimpses { get; init; } = new();

    /// <summary>Steps of those that compute all windows.</summary>
    public int AllWindowsSteps { get; init; } = 600;

    /// <summary>Steps of those that compute the windows they choose.</summary>
    public int OneWindowSteps { get; init; } = 1500;

    /// <summary>Steps of models that look by glimpses.</summary>
    public int GlimpseSteps { get; init; } = 900;

    /// <summary>Steps of networks that see the whole canvas.</summary>
    public int NetworkSteps { get; init; } = 1000;

    /// <summary>The same for real images, which take longer to learn: twice the steps.</summary>
    public DigitPlan Longer() => this with
    {
        AllWindowsSteps = 2 * AllWindowsSteps,
        OneWindowSteps = 2 * OneWindowSteps,
        GlimpseSteps = 2 * GlimpseSteps,
        NetworkSteps = 2 * NetworkSteps,
    };
}
