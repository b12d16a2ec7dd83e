namespace AttentionNotebooks;

/// <summary>Log-mel features of many signals, computed once and kept without padding: all frames one after the other, and where each signal's begin.</summary>
public sealed class SpeechFeatures : IDisposable
{
    private const int AtOnce = 64;

    private readonly Tensor frames; // [all frames, M]
    private readonly Tensor starts; // [Count] int64
    private readonly Tensor lengths; // [Count] int64

    private SpeechFeatures(Tensor frames, Tensor starts, Tensor lengths) =>
        (this.frames, this.starts, this.lengths) = (frames.DetachFromDisposeScope(), starts.DetachFromDisposeScope(), lengths.DetachFromDisposeScope());

    /// <summary>How many signals there are.</summary>
    public long Count => lengths.shape[0];

    /// <summary>M, how many bands a frame has.</summary>
    public long Bands => frames.shape[1];

    /// <summary>How many frames each signal has, [Count] int64.</summary>
    public Tensor Lengths => lengths;

    /// <summary>Computes the features of signals.</summary>
    /// <param name="features">How.</param>
    /// <param name="signals">The signals, any lengths.</param>
    /// <exception cref="ArgumentException">There is no signal.</exception>
    public static SpeechFeatures Of(LogMel features, IReadOnlyList<float[]> signals)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(signals);
        if (signals.Count == 0) throw new ArgumentException("There is no signal to compute features of.", nameof(signals));
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var counts = torch.tensor(signals.Select(signal => features.Frames(signal.Length)).ToArray(), torch.int64);
        var parts = signals.Chunk(AtOnce).Select(chunk => Packed(features, chunk)).ToArray();
        return new(torch.cat(parts), counts.cumsum(0) - counts, counts);
    }

    /// <summary>What a band is like over all frames: where its mean is, and how far it deviates.</summary>
    public BandStatistics Statistics()
    {
        using var scope = torch.NewDisposeScope();
        var (mean, deviation) = (frames.mean([0]), frames.std(0L, unbiased: false).clamp_min(1e-3));
        return new(mean.MoveToOuterDisposeScope(), deviation.MoveToOuterDisposeScope());
    }

    /// <summary>Shifts and scales every band, (x − mean) / deviation, in place: of training and test sets alike by the statistics of the training set.</summary>
    /// <param name="statistics">Mean and deviation.</param>
    /// <returns>The features themselves.</returns>
    public SpeechFeatures Standardise(BandStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Shape.Require(statistics.Mean, nameof(statistics), Bands);
        using var scope = torch.NewDisposeScope();
        frames.sub_(statistics.Mean).div_(statistics.Deviation);
        return this;
    }

    /// <summary>The features of some signals.</summary>
    /// <param name="indices">Which, [B] int64 in 0..Count−1.</param>
    /// <returns>The batch, as long as its longest signal; the caller's.</returns>
    public SpeechBatch Batch(Tensor indices)
    {
        Shape.Require(indices, nameof(indices), "B");
        using var scope = torch.NewDisposeScope();
        var (first, length) = (starts.index_select(0, indices).unsqueeze(1), lengths.index_select(0, indices));
        var step = torch.arange(length.max().ToInt64(), torch.int64, frames.device);
        var within = step < length.unsqueeze(1);
        // Beyond its end a signal points to a frame that is there, and is then silenced.
        var chosen = frames.index_select(0, (first + step).masked_fill(within.logical_not(), 0).flatten());
        var padded = chosen.reshape(indices.shape[0], -1, Bands) * within.unsqueeze(-1);
        return new(padded.MoveToOuterDisposeScope(), length.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        frames.Dispose();
        starts.Dispose();
        lengths.Dispose();
    }

    // A frame of a padded batch lies wholly within its signal, so it is the frame of the signal alone.
    private static Tensor Packed(LogMel features, float[][] chunk)
    {
        using var scope = torch.NewDisposeScope();
        var padded = features.call(SpokenDigitSet.Padded(chunk));
        return torch.cat([.. chunk.Select((signal, i) => padded[i].narrow(0, 0, features.Frames(signal.Length)))]).MoveToOuterDisposeScope();
    }
}
