namespace AttentionNotebooks;

/// <summary>What is compared in a digit task, and for how long it is trained.</summary>
internal sealed record DigitPlan
{
    /// <summary>The N windows that are attended to.</summary>
    public WindowGrid Windows { get; init; } = CanvasReader.StandardWindows;

    /// <summary>The mechanisms over windows, the controls among them.</summary>
    public IReadOnlyList<Mechanism> Mechanisms { get; init; } = AttentionNotebooks.Mechanisms.All;

    /// <summary>Whether mechanisms over windows are all that is compared, without glimpses and networks.</summary>
    public bool WindowsAlone { get; init; }

    /// <summary>How glimpses are taken.</summary>
    public GlimpsePlan Glimpses { get; init; } = new();

    /// <summary>Steps of those that compute all windows.</summary>
    public int AllWindowsSteps { get; init; } = 600;

    /// <summary>Steps of those that compute the windows they choose.</summary>
    public int OneWindowSteps { get; init; } = 1500;

    /// <summary>How the step size of models over windows changes.</summary>
    public Schedule WindowSchedule { get; init; } = new Cosine();

    /// <summary>Steps of models that look by glimpses: among clutter they take a minute, twice as long as the others, to learn where to look.</summary>
    public int GlimpseSteps { get; init; } = 1800;

    /// <summary>Steps of networks that see the whole canvas.</summary>
    public int NetworkSteps { get; init; } = 1000;

    /// <summary>The same for real images, which take longer to learn: twice the steps, and for glimpses the minute that they may have.</summary>
    public DigitPlan Longer() => this with
    {
        AllWindowsSteps = 2 * AllWindowsSteps,
        OneWindowSteps = 2 * OneWindowSteps,
        GlimpseSteps = Math.Max(GlimpseSteps, 1800),
        NetworkSteps = 2 * NetworkSteps,
    };
}
