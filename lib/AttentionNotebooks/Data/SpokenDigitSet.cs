namespace AttentionNotebooks;

/// <summary>Recordings of spoken digits, all at the same rate.</summary>
public sealed class SpokenDigitSet
{
    /// <summary>Puts recordings together.</summary>
    /// <param name="name">What the set is called in captions.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="recordings">The recordings.</param>
    /// <param name="source">Where they come from, in a few words.</param>
    /// <exception cref="ArgumentException">A recording has another digit than 0 to 9, or no sample.</exception>
    public SpokenDigitSet(string name, int sampleRate, IReadOnlyList<Recording> recordings, string source)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentNullException.ThrowIfNull(recordings);
        for (var i = 0; i < recordings.Count; i++)
        {
            if (recordings[i].Digit is < 0 or > 9) throw new ArgumentException($"Recording {i} is of digit {recordings[i].Digit}.", nameof(recordings));
            if (recordings[i].Samples.Length == 0) throw new ArgumentException($"Recording {i} has no sample.", nameof(recordings));
        }

        (Name, SampleRate, Recordings, Source) = (name, sampleRate, recordings, source);
        Speakers = [.. recordings.Select(recording => recording.Speaker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What the set is called in captions.</summary>
    public string Name { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>The recordings.</summary>
    public IReadOnlyList<Recording> Recordings { get; }

    /// <summary>Who speaks, by name.</summary>
    public IReadOnlyList<string> Speakers { get; }

    /// <summary>Where the recordings come from, in a few words.</summary>
    public string Source { get; }

    /// <summary>How many recordings there are.</summary>
    public int Count => Recordings.Count;

    /// <summary>The samples of some recordings as a float32 tensor [B, S], zero after the end of each, S as long as the longest. The caller owns it.</summary>
    /// <param name="indices">Which recordings, 0 to Count - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such recording.</exception>
    public Tensor ToSamples(params ReadOnlySpan<int> indices)
    {
        var chosen = new float[indices.Length][];
        for (var i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(indices[i], nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(indices[i], Count, nameof(indices));
            chosen[i] = Recordings[indices[i]].Samples;
        }

        return Padded(chosen);
    }

    /// <summary>The recordings that a rule keeps, as a set of their own.</summary>
    /// <param name="keep">The rule.</param>
    public SpokenDigitSet Where(Func<Recording, bool> keep) => new(Name, SampleRate, [.. Recordings.Where(keep)], Source);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} recordings of {Speakers.Count} speakers at {SampleRate} Hz ({Source})";

    internal static Tensor Padded(IReadOnlyList<float[]> rows)
    {
        var longest = rows.Count == 0 ? 0 : rows.Max(row => row.Length);
        var samples = new float[rows.Count * longest];
        for (var i = 0; i < rows.Count; i++) rows[i].CopyTo(samples, i * longest);
        return torch.tensor(samples, [rows.Count, longest], torch.float32);
    }
}
