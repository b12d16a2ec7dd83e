namespace AttentionNotebooks;

/// <summary>Spoken digits, one a recording, as a classifier learns and is tested on them: features, labels, and where the digit is.</summary>
public sealed class SpokenDigitExamples : IDisposable
{
    private readonly bool ownStatistics;
    private readonly Tensor labels; // [Count] int64
    private readonly Tensor spans; // [Count, 2] int64, first sample and the one after the last

    /// <summary>Takes recordings; their samples are not kept.</summary>
    /// <param name="recordings">The recordings, at least one, of one digit each.</param>
    /// <param name="frames">How features are computed.</param>
    /// <param name="statistics">What the features are standardised by; null for their own statistics, as of a training set.</param>
    public SpokenDigitExamples(IReadOnlyList<DigitString> recordings, LogMel frames, BandStatistics? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        Features = SpeechFeatures.Of(frames, [.. recordings.Select(recording => recording.Samples)]);
        (ownStatistics, Statistics) = (statistics is null, statistics ?? Features.Statistics().DetachFromDisposeScope());
        Features.Standardise(Statistics);
        labels = torch.tensor(recordings.Select(recording => (long)recording.Digits[0]).ToArray()).DetachFromDisposeScope();
        spans = torch.tensor(recordings.SelectMany(recording => new long[] { recording.Spans[0].Start, recording.Spans[0].End }).ToArray(), [recordings.Count, 2]).DetachFromDisposeScope();
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

    /// <summary>Does the digit sound at these moments?</summary>
    /// <param name="indices">Which recordings, [B] int64.</param>
    /// <param name="moments">[N], in samples.</param>
    /// <returns>[B, N] boolean; the caller's.</returns>
    public Tensor Sounds(Tensor indices, Tensor moments)
    {
        using var scope = torch.NewDisposeScope();
        var span = spans.index_select(0, indices);
        return (moments >= span.narrow(1, 0, 1)).logical_and(moments < span.narrow(1, 1, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        if (ownStatistics) Statistics.Dispose();
        labels.Dispose();
        spans.Dispose();
    }
}
