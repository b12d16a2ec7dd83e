namespace AttentionNotebooks;

/// <summary>Joins spoken digits into strings, with gaps of random length between them and noise over everything.</summary>
/// <remarks>A string is spoken by one speaker. String i depends on the set, the seed and i alone.</remarks>
/// <param name="Fewest">The fewest digits in a string, at least 1.</param>
/// <param name="Most">The most.</param>
/// <param name="ShortestGap">The shortest gap, in seconds; there is one before, between and after the digits.</param>
/// <param name="LongestGap">The longest.</param>
/// <param name="Noise">The standard deviation of the noise, where the loudest sample possible is 1.</param>
public sealed record DigitStrings(int Fewest = 2, int Most = 5, double ShortestGap = 0.05, double LongestGap = 0.25, double Noise = 0.002)
{
    private const ulong Stream = 3;

    /// <summary>Makes strings.</summary>
    /// <param name="set">The digits to take.</param>
    /// <param name="count">How many strings.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentException">The set is empty, or the limits are out of order.</exception>
    public IReadOnlyList<DigitString> Join(SpokenDigitSet set, int count, long seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (set.Count == 0) throw new ArgumentException($"{set.Name} holds no recording.", nameof(set));
        if (Fewest < 1 || Most < Fewest) throw new ArgumentException($"A string of {Fewest} to {Most} digits cannot be.", nameof(set));
        if (!(ShortestGap >= 0 && LongestGap >= ShortestGap && LongestGap <= 60 && Noise >= 0)) throw new ArgumentException("Gaps run from the shortest, at least 0, to the longest, at most 60 seconds; noise is at least 0.", nameof(set));

        var bySpeaker = set.Speakers.Select(speaker => set.Recordings.Where(r => r.Speaker == speaker).ToArray()).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => JoinOne(bySpeaker, set.SampleRate, new((ulong)seed, Stream, (ulong)i)))];
    }

    /// <summary>The samples of strings as a float32 tensor [B, S], zero after the end of each. The caller owns it.</summary>
    /// <param name="strings">The strings.</param>
    public static Tensor ToSamples(IReadOnlyList<DigitString> strings)
    {
        ArgumentNullException.ThrowIfNull(strings);
        return SpokenDigitSet.Padded([.. strings.Select(s => s.Samples)]);
    }

    private DigitString JoinOne(Recording[][] bySpeaker, int sampleRate, SplitMix64 random)
    {
        var speaker = bySpeaker[random.Below(bySpeaker.Length)];
        var said = new Recording[Fewest + random.Below(Most - Fewest + 1)];
        var spans = new (int Start, int End)[said.Length];
        var length = Gap(ref random, sampleRate);
        for (var i = 0; i < said.Length; i++)
        {
            said[i] = speaker[random.Below(speaker.Length)];
            spans[i] = (length, length + said[i].Samples.Length);
            length = spans[i].End + Gap(ref random, sampleRate);
        }

        var samples = new float[length];
        for (var i = 0; i < said.Length; i++) said[i].Samples.CopyTo(samples, spans[i].Start);
        for (var i = 0; i < length; i++) samples[i] += (float)Noise * random.Normal();
        return new(samples, Array.ConvertAll(said, recording => (byte)recording.Digit), spans);
    }

    private int Gap(ref SplitMix64 random, int sampleRate) => (int)(sampleRate * random.Uniform((float)ShortestGap, (float)LongestGap));
}
