namespace AttentionNotebooks;

/// <summary>How readers of sentences are trained.</summary>
/// <param name="Words">How readers of words are.</param>
/// <param name="Rationales">How readers of rationales are, which have more to settle.</param>
/// <param name="Forgetting">How likely a word is to be unknown in a training step, in 0..1.</param>
/// <param name="Fewest">How often a word has to occur in training to have a vector of its own.</param>
public sealed record SentimentProfile(TrainingOptions Words, TrainingOptions Rationales, double Forgetting, int Fewest)
{
    /// <summary>The share of words that a rationale is held at; null for that of the true reasons.</summary>
    public double? Rate { get; init; }

    /// <summary>For the embedded reviews: few words, which all occur often.</summary>
    public static SentimentProfile Reviews { get; } = new(
        new TrainingOptions { Steps = 600, BatchSize = 64, LearningRate = 4e-3, ReportEvery = 50 },
        new TrainingOptions { Steps = 1000, BatchSize = 64, LearningRate = 3e-3, ReportEvery = 50 },
        Forgetting: 0, Fewest: 2);

    /// <summary>For the treebank: thousands of words, and few sentences.</summary>
    public static SentimentProfile Treebank { get; } = new(
        new TrainingOptions { Steps = 500, BatchSize = 64, LearningRate = 2e-3, ReportEvery = 50 },
        new TrainingOptions { Steps = 800, BatchSize = 64, LearningRate = 2e-3, ReportEvery = 50 },
        Forgetting: 0.3, Fewest: 2);

    /// <summary>For the phrases of the treebank: ten times as many examples. Rationales hold three words of ten, as Bastings et al. (2019) have it on these sentences.</summary>
    public static SentimentProfile Phrases { get; } = new(
        new TrainingOptions { Steps = 1000, BatchSize = 64, LearningRate = 2e-3, ReportEvery = 50 },
        new TrainingOptions { Steps = 1000, BatchSize = 64, LearningRate = 2e-3, ReportEvery = 50 },
        Forgetting: 0.3, Fewest: 2)
    {
        Rate = 0.3,
    };
}
