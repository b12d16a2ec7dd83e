namespace AttentionNotebooks;

/// <summary>How long and how fast to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>How many steps, each on one batch.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>B, examples a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's step size at the start; it falls to 0 along half a cosine (Loshchilov &amp; Hutter 2017, eq. 5, without restarts).</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>The norm that the gradient is clipped to.</summary>
    public double GradientNorm { get; init; } = 5;

    /// <summary>A point of the history every so many steps.</summary>
    public int ReportEvery { get; init; } = 20;
}
