namespace AttentionNotebooks;

/// <summary>How long and how fast to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>How many steps, each on one batch.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>B, examples a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's step size, which <see cref="Schedule"/> changes.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>How the step size changes over the run.</summary>
    public Schedule Schedule { get; init; } = new Cosine();

    /// <summary>The norm that the gradient is clipped to.</summary>
    public double GradientNorm { get; init; } = 5;

    /// <summary>A point of the history every so many steps.</summary>
    public int ReportEvery { get; init; } = 20;

    /// <summary>Validates at every so-manieth point of the history, and at the last; 0 for never.</summary>
    public int ValidateEvery { get; init; }

    /// <summary>When to end before the last step; null for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The file that keeps the run, so that one that was broken off goes on from there; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Writes it at every so-manieth point of the history, and at the last.</summary>
    public int CheckpointEvery { get; init; } = 10;

    /// <summary>Where the model is trained, and stays; null for <see cref="RunDevice.Current"/>.</summary>
    public torch.Device? Device { get; init; }

    /// <summary>What a run of the same numbers must have in common.</summary>
    internal string Identity => FormattableString.Invariant($"{Steps} steps of {BatchSize}, step size {LearningRate} {Schedule}, norm {GradientNorm}, points every {ReportEvery}, validation every {ValidateEvery}, stopping {EarlyStopping?.ToString() ?? "never"}");

    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportEvery, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ValidateEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LearningRate, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(GradientNorm, 0);
        ArgumentNullException.ThrowIfNull(Schedule);
        if (EarlyStopping is { Patience: < 1 }) throw new ArgumentOutOfRangeException(nameof(EarlyStopping), EarlyStopping.Patience, "A run has patience for 1 time or more.");
    }
}
