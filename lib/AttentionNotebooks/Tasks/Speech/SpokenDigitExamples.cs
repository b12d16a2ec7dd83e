namespace AttentionNotebooks;

/// <summary>Single spoken digits as a classifier learns and is tested on them: features and labels.</summary>
public sealed class SpokenDigitExamples : IDisposable
{
    private readonly bool ownStatistics;
    private readonly Tensor labels; // [Count] int64

    /// <summary>Takes recordings; their samples are not kept.</summary>
    /// <param name="set">The recordings, at least one.</param>
    /// <param name="frames">How features are computed.</param>
    /// <param name="statistics">What the features are standardised by; null for their own statistics, as of a training set.</param>
    public SpokenDigitExamples(SpokenDigitSet set, LogMel frames, BandStatistics? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        Features = SpeechFeatures.Of(frames, [.. set.Recordings.Select(recording => recording.Samples)]);
        (ownStatistics, Statistics) = (statistics is null, statistics ?? Features.Statistics().DetachFromDisposeScope());
        Features.Standardise(Statistics);
        labels = torch.tensor(set.Recordings.Select(recording => (long)recording.Digit).ToArray()).DetachFromDisposeScope();
    }

    /// <summary>The standardised features of each recording.</summary>
    public SpeechFeatures Features { get; }

    /// <summary>What they were standardised by. They are the training set's to dispose of.</summary>
    public BandStatistics Statistics { get; }

    /// <summary>How many recordings there are.</summary>
    public long Count => Features.Count;

    /// <summary>What is said.</summary>
    /// <param name="indices">Which recordings, [B] int64.</param>
    /// <returns>[B] int64, 0 to 9; the caller's.</returns>
    public Tensor Labels(Tensor indices) => labels.index_select(0, indices);

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        if (ownStatistics) Statistics.Dispose();
        labels.Dispose();
    }
}
